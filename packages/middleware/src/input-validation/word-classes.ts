/**
 * Classes of words for the patterns of rules, in English, German, French, Spanish, Italian, Portuguese, Dutch, Korean and Russian. A word that ends
 * in `*` matches all words that begin with it. Accents are not needed, because words and texts are compared in canonical form (canonical-text.ts).
 */
export const wordClasses = {
  IGNORE:
    'ignore ignoring ignores ignored disregard disregarding disregards disregarded forget forgetting forgotten neglect bypass bypassing override overriding overrule circumvent discard abandon violate ignoriere ignorieren ignoriert vergiss vergessen vergesst missachte missachten uberspringe verwirf ignorez ignorer oublie oubliez oublier neglige negligez ignora ignorad ignorar ignoren olvida olvide olviden olvidar omite ignorare ignorate ignori dimentica dimenticate dimenticare scorda tralascia esqueca esquece esquecer desconsidere desconsidera negeer vergeet 무시* 잊어* 잊고* игнорир* забуд* skip dismiss drop cancel cancels erase nullify invalidate supersede supersedes superseding replaces overrides',
  PRIOR:
    'previous previously prior earlier preceding above foregoing former past existing original initial old vorherigen vorherige vorigen bisherigen bisherige vorangegangenen obigen fruheren ursprunglichen precedentes precedente precedents precedent anterieures anterieure dessus initiales anteriores anterior previas previos previa previo iniciales precedenti anteriori iniziali sopra vorige eerdere bovenstaande iniciais 이전* 앞선* 앞의* 위의* 기존* предыдущ* прежн*',
  ALL: 'all any every each everything anything whatever alle alles jegliche tous toutes tout todas todos todo tutte tutti tutto ogni todas tudo 모든* 전부* все всё',
  YOUR: 'your the these those deine deinen ihre ihren eure die vos tes ta votre les tus sus las los tue tuoi vostre le gli suas seus as jouw je uw твои ваши',
  INSTRUCTION:
    'instruction instructions directive directives directions prompt prompts programming guideline guidelines guardrail guardrails guidance anweisung anweisungen anweisungs instruktionen vorgaben richtlinien consigne consignes directives instrucciones instruccion indicaciones directrices istruzioni istruzione direttive indicazioni instrucoes instrucao diretrizes instructies aanwijzingen richtlijnen 지시* 지침* 명령* 프롬프트* инструкц* указан* direction systemanweisungen',
  RULE: 'rule rules policy policies restriction restrictions limitation limitations constraint constraints safeguard safeguards safety protocol protocols training orders commands filters ethics morals regeln regel beschrankungen einschrankungen regles regle restrictions limites reglas regla restricciones limites regole regola restrizioni limiti limitazioni regras restricoes limites regels beperkingen 규칙* 제한* 제약* правил* ограничен*',
  CONTEXT:
    'context conversation conversations messages message text input identity knowledge inputs task tasks chat history training',
  AI: 'ai ais assistant assistants chatbot chatbots bot bots llm llms gpt chatgpt claude gemini copilot model models assistent assistente asistente ki ia lassistant lassistente dellassistente assistenten asistentes',
  MIND: 'you your yourself ai chatbot bot gpt chatgpt claude gemini llm assistant character persona',
  BECOME:
    'act acts acting pretend pretending roleplay simulate simulating become becomes behave respond responds imagine immerse embody emulate impersonate agis agissez actua actue agisci fingi finge du bist tu sei eres vous etes you youre are',
  UNBOUND:
    'unrestricted uncensored unfiltered unmoderated unconstrained amoral nonmoral jailbroken jailbreak jailbreaked unethical immoral unhinged uneingeschrankt unzensiert ungefiltert unmoralisch amoralisch senzacensura',
  WITHOUT:
    'no without free lacks lack lacking zero ohne keine keinerlei kein sans aucune aucun sin ningun ninguna senza nessuna nessun sem nenhuma zonder geen bypass bypasses bypassing break breaks breaking broken abandon violate violates violating unbound unfettered devoid regardless despite against ignore ignores ignoring disregard disregarding disregards',
  LIMIT:
    'rules restriction restrictions filter filters filtering censorship censor limits limitations guideline guidelines guardrails constraints morals morality ethics ethic moral ethical bounds boundaries qualms refusal disclaimers beschrankungen einschrankungen einschraenkungen regeln filter zensur grenzen limites censure regles filtre filtres restricciones limites filtros censura reglas restrizioni limiti filtri censura regole restricoes beperkingen regels confines shackles',
  ETHICAL:
    'ethical ethics ethic moral morals morality legal content openai openais anthropic safety safeguarding usage censorship unethical immoral',
  POLICY:
    'policy policies guideline guidelines principles principle restriction restrictions rule rules filter filters code codes boundaries bounds limits limitations constraints guardrails safeguards considerations concerns standards qualms',
  REVEAL:
    'reveal reveals show print display output repeat leak expose disclose tell give share dump recite write list provide reproduce echo paste summarize translate return zeige zeig verrate nenne gib offenbare wiederhole montre montrez revele revelez affiche affichez donne donnez repete repetez muestra muestrame revela revelame ensena dime imprime repite mostra mostrami rivela rivelami stampa ripeti dimmi mostre revele exiba toon onthul laat geef 보여* 알려* 공개* 출력* покажи* раскро*',
  HIDDEN:
    'your hidden initial original secret internal exact full entire confidential underlying system complete starting own very dein deinen deine versteckten internen votre ton tes vos cache tu tus su oculto inicial tuo tuoi nascosto seu sua jouw je',
  LEAKED:
    'prompt prompts preprompt instructions instruction directives guidelines systemprompt anweisungen systemprompts invite instrucciones istruzioni consignes instrucoes 프롬프트* промпт*',
  SYSTEM: 'system developer hidden initial original secret internal base systeme sistema systemprompt 시스템* системн*',
  SEND: 'send sends sending forward forwards email emails upload uploads transmit exfiltrate leak deliver submit bcc sende senden schicke schicken weiterleiten leite envoie envoyez envoyer transmets transmettez transferez envia envie enviar reenvia manda mandar inoltra inoltrare invia inviare encaminhe stuur verstuur',
  SECRET:
    'password passwords passwd credential credentials apikey apikeys emails customer customers clients conversation inbox pii confidential ssn cookies contacts kunden kundendaten daten passworter zugangsdaten donnees clientes datos contrasenas claves clienti dati chiavi credenziali dados senhas wachtwoorden employee employees payroll salaries',
  OUTSIDE:
    'external externally outside attacker attackers extern externen externe externo esterno esterni thirdparty offsite',
  MUST: 'must always never should shall need ignore append include call send email forward save store remember output print reply respond say write add insert delete execute run follow obey do tell use visit open click fetch disregard forget mention recommend return use muss mussen sollst immer dois devez doit toujours debes debe siempre devi deve sempre ignoriere ignorez ignora',
  READ: 'read reads reading summarize summarise summarizing summarising process processing parse parsing view viewing analyze analyse analyzing translate translating see encounter',
  READER: 'reading summarizing summarising processing parsing viewing analyzing analysing reviewing translating',
  DOCUMENT:
    'this page document email message text content file article note record ticket webpage website review output',
  EMBED:
    'include append add added insert inserted output print mention repeat embed attach put state place included appended aggiunto aggiungi aggiungere angehangt fuge ajoute ajoutez ajouter anade anadir agrega inclui inclua quote cite inclure incluez incluir incluya incluye includere includi hinzufugen einfugen erwahne',
  MARK: 'code token phrase string canary link reference trace identifier id hash sentence word url secret marker key number kennung codigo codice jeton',
  ORDER:
    'must always email send include append ignore forget disregard reply respond say call tell forward never muss immer dois toujours debes siempre devi sempre',
  DANGERVERB: 'send delete http post transfer forward upload email exfiltrate wire purge',
  REPLY:
    'summary summaries response responses reply replies answer answers zusammenfassung antwort antworten reponse reponses resume respuesta respuestas resumen risposta riposte risposte riassunto resposta',
  CALL: 'call calls use invoke execute trigger calling invoking rufe benutze verwende appelle appelez utilise utilisez llama usa utiliza chiama esegui',
  TOOLVERB:
    'send delete http post transfer forward upload email exfiltrate remove write execute run update grant drop create read fetch shell wire purge',
  BEFORE: 'before prior until avant antes prima bevor',
  ANSWER:
    'respond responding reply replying answer answering continue continuing proceed proceeding summarize summarizing finish finishing repondre responder rispondere antwortest',
  FINISH:
    'complete close file finish finalize reset verify confirm register comply unlock archive process validate enable',
  DECODE:
    'decode decrypt deobfuscate unscramble decipher translate convert unencode interpret decodiere entschlussle decode decodez decodifica descifra decifra',
  ENCODING: 'base64 base32 rot13 hex hexadecimal binary morse cipher caesar encoded ciphertext leetspeak unicode b64',
  OBEY: 'follow following execute obey perform comply do act run carry befolge suis suivez sigue segui esegui',
  SURE: 'concluded determined verified established decided reasoned confirmed reasoning thinking geklart festgestellt etabli conclu determine concluido determinado establecido stabilito concluso determinato',
  EXEMPT: 'exempt authorized authorised comply disregard unrestricted restricted restrictions bypass override append',
  MEMORY: 'memory memories longterm ricordi memoria memoire gedachtnis speicher',
  SAVE: 'save store remember add write commit persist record keep memorize merke speichere enregistre guarda salva memorizza',
  LASTING:
    'always every future persist persists never permanently forever subsequent turns sessions immer toujours siempre sempre',
  MODE: 'mode modus modo modalita',
  ON: 'enabled activated active on engaged unlocked unrestricted activate enable',
  OFF: 'disabled deactivated suspended lifted removed off bypassed overridden unlocked disengaged inactive waived revoked void cancelled canceled obsolete invalid replaced superseded nullified rescinded erased outdated deprecated changed updated reset',
  WICKED:
    'unethical immoral illegal dangerous harmful offensive inappropriate controversial unlawful amoral disgusting explicit',
  GIVEN: 'given received got told provided before above earlier previously prior gave said so were here preceding',
} as const
