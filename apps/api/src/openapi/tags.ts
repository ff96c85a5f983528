/** What each group of routes is about, in the order the documentation shows them. */
export const tags: Readonly<Record<string, string>> = {
  dataset: 'Tables people bring: upload through a `DatasetJob`, page, filter, profile, export.',
  folder: 'Folders that group data sets.',
  notebook: 'A copy of a data set to explore and convert without touching the original.',
  explorer: 'Charts and tables over the columns of a notebook.',
  converter: 'Steps that change the table of a notebook.',
  'model-session': 'A task on a data set: columns, splits and metrics every run of the session shares.',
  run: 'One model with its parameters: train it with a `ModelJob`.',
  explainer: 'Why a trained model answers what it answers.',
  predict: 'Answers of a trained model for new rows.',
  'generative-session': 'Conversations with generative models and how their parameters changed.',
  'generative-process': 'The turns of a generative session: inputs, a `GenerativeJob`, outputs.',
  component: 'What there is to choose from: tasks, models, metrics, loaders and more, with their form schemas.',
  job: 'Long work: submit, follow, cancel.',
  metrics: 'Live metrics of a run over the WebSocket `/api/v1/metrics/ws/{run_id}`.',
  health: 'Probes; open without a token.',
  'sign-in': 'A cookie for browsers where a token is required.',
};
