import { Caller } from '../e2e/caller.js';
import { newRun, session } from '../e2e/training.js';
import { MODEL, TASK } from '../generative/talk.js';
import type { RunningApi } from './running-api.js';

interface Row {
  readonly id: number;
}
const kinds = ['length,width,kind', ...Array.from({ length: 60 }, (_none, i) => `${(i % 3) + ((i * 7) % 10) / 10},${5 - (i % 3)}.${(i * 3) % 10},${['a', 'b', 'c'][i % 3]}`)].join('\n'); // prettier-ignore
const column = [{ columnName: 'length', valueType: 'Float', dataType: 'float64', id: 0 }];

/** One row of every kind under the id 1, worked on to its end where a job does that. */
export async function fillRows({ port, ports }: RunningApi): Promise<void> {
  const api = new Caller(`http://127.0.0.1:${port}`);
  const make = async (path: string, body: object): Promise<number> => (await api.ok<Row>('POST', path, body)).id;
  await make('/folder/', { name: 'one' });
  const dataset = (await api.dataset('kinds', kinds)).id;
  const notebook = await make('/notebook/', { name: 'book', description: '', dataset_id: dataset });
  const explorer = await make('/explorer', { notebook_id: notebook, columns: column, exploration_type: 'HistogramPlotExplorer', parameters: {} }); // prettier-ignore
  const scaled = { scope: { columns: [{ columnName: 'length', id: 0 }], rows: [] }, params: {} };
  const converter = await make('/converter', {
    notebook_id: notebook,
    converter: 'StandardScaler',
    parameters: scaled,
  });
  const trial = await make('/model-session/', session(dataset, 'one', { input_columns: ['length', 'width'], output_columns: ['kind'] })); // prettier-ignore
  const run = await make('/run/', newRun(trial, 'GaussianNB'));
  await Promise.all([
    api.run('ExplorerJob', { explorer_id: explorer }),
    api.run('ConverterJob', { converter_id: converter }),
    api.run('ModelJob', { run_id: run }),
  ]);
  const of = { run_id: run, parameters: {} };
  const global = await make('/explainer/global', { ...of, explainer_name: 'PermutationFeatureImportance' });
  const local = await make('/explainer/local', { ...of, dataset_id: dataset, explainer_name: 'KernelShap', fit_parameters: { sample_background_data: true, background_fraction: 0.2 }, scope: { row_indexes: [0] } }); // prettier-ignore
  const report = await make('/report/', { ...of, report_name: 'ConfusionMatrix' });
  const prediction = await make('/predict/', { run_id: run, dataset_id: dataset });
  await Promise.all([
    api.run('ExplainerJob', { explainer_id: global, explainer_scope: 'global' }),
    api.run('ExplainerJob', { explainer_id: local, explainer_scope: 'local' }),
    api.run('ReportJob', { report_id: report }),
    api.run('PredictJob', { prediction_id: prediction }),
  ]);
  await api.ok('POST', '/statistical-tests/save', [{ test_name: 'CorrectedPairedTTest', metric_name: 'Accuracy', metric_split: 'TEST', run_ids: [run, run], run_names: {}, model_session_id: trial, name: 'one', alpha: 0.05, statistic: 1, p_value: 0.5, significant: false, interpretation: '', details: {}, posthoc: null }]); // prettier-ignore
  await api.ok('POST', '/plugin/', [{ name: 'one' }]);
  await make('/access-token/', { name: 'one' });
  // What a download from elsewhere would have to bring first.
  await ports.db.query(`
    INSERT INTO generative_session (name, task_name, model_name, parameters) VALUES ('one', '${TASK}', '${MODEL}', '{}');
    INSERT INTO generative_process (session_id, status) VALUES (1, 3);
    INSERT INTO process_data (process_id, data, data_type) VALUES (1, 'hello', 'str');
    INSERT INTO datafile (source_name, dataset_id, name, status) VALUES ('OpenMLDatasetSource', '61', 'iris', 'ready');`);
}
