/** A model of the catalogue; the tests provide its weights. */
export const MODEL = 'Qwen25_05BInstruct';
/** Another one, whose file is none. */
export const OTHER = 'SmolLM2_360MInstruct';
export const TASK = 'TextToTextGenerationTask';

/** The body of a new session as the real client sends it. */
export const newSession = (name: string, more: object = {}) => ({
  name,
  description: null,
  task_name: TASK,
  model_name: MODEL,
  display_name: 'what the client sends along',
  parameters: { max_tokens: 50, temperature: 0.5 },
  ...more,
});

/** The form of a new turn. */
export function turnForm(session: number, inputs: Readonly<Record<string, string | Blob>>): FormData {
  const data = new FormData();
  data.set('session_id', `${session}`);
  for (const [name, value] of Object.entries(inputs)) data.set(name, value);
  return data;
}
