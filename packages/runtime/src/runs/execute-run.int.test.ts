import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const server = useTestServer(database)

/** Records, at each new checkpoint of the root graph, how many events its run had written besides the first one, `metadata`. */
const watch = `
  CREATE TABLE public.seen (step integer, updates integer);
  -- The role of the server may not write the table.
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
  BEGIN
    IF NEW.metadata->>'source' = 'loop' THEN
      INSERT INTO public.seen SELECT (NEW.metadata->>'step')::int, max(sequence) - 1 FROM hadal.run_event
      WHERE run_id = (NEW.metadata->>'run_id')::uuid;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER note BEFORE INSERT ON public.checkpoints FOR EACH ROW EXECUTE FUNCTION note();`

test("a step's events are written with its checkpoint, because a later attempt would not repeat them", async () => {
  await withClient(database(), async (observer) => {
    await observer.query(watch)
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'steps', { input: { steps: 30 }, streamMode: 'updates' })
    await client.runs.join(thread_id, run_id)
    const { rows } = await observer.query<{ step: number; updates: number }>(
      'SELECT step, updates FROM seen ORDER BY step',
    )
    expect(rows.slice(1)).toEqual(Array.from({ length: 30 }, (_, index) => ({ step: index + 1, updates: index + 1 })))
  })
})
