interface TextFormProps {
  readonly label: string
  readonly button: string
  readonly onText: (text: string) => unknown
}

/** Field for a text, with a button that sends the text. */
export function TextForm({ label, button, onText }: TextFormProps) {
  return (
    <form action={(data) => void onText(String(data.get('text')))}>
      <input name="text" aria-label={label} />
      <button type="submit">{button}</button>
    </form>
  )
}
