import { choice, float, int, orNull } from '#contract';
import { activations, fitPerceptron, predictPerceptron } from '#learn';

import { defineRegressor } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { networkTexts } from './network-texts.js';
import { weightsHeatmap } from './weights-heatmap.js';

export const mlpRegression = defineRegressor({
  name: 'MLPRegression',
  tasks: ['RegressionTask'],
  color: '#FF7043',
  icon: 'Psychology',
  tags: { stochastic: true, epochs: true },
  params: {
    hidden_size: int({ default: 16, min: 1, search: { low: 1, high: 64 } }),
    activation: choice({ default: 'relu', options: activations, search: true }),
    learning_rate: float({ default: 0.001, min: 1e-6, max: 1, search: { low: 1e-6, high: 1 } }),
    epochs: int({ default: 20, min: 1, search: { low: 1, high: 50 } }),
    batch_size: orNull(int({ default: 32, min: 1 }), 32),
    device: choice({ default: 'CPU', options: ['CPU'] }),
    log_train_every_n_epochs: orNull(int({ default: 1, min: 1 }), 1),
    log_train_every_n_steps: orNull(int({ default: 1, min: 1 })),
    log_validation_every_n_epochs: orNull(int({ default: 1, min: 1 }), 1),
    log_validation_every_n_steps: orNull(int({ default: 1, min: 1 })),
  },
  texts: textsOf(
    {
      en: [
        'Multi-layer Perceptron (MLP) Regression',
        'A network of one hidden layer, trained in passes over the rows.',
      ],
      es: ['Regresión Perceptrón Multicapa (MLP)', 'Una red de una capa oculta, entrenada en pasadas sobre las filas.'],
      pt: [
        'Regressão Perceptrão Multicamada (MLP)',
        'Uma rede de uma camada oculta, treinada em passagens pelas linhas.',
      ],
      de: [
        'Mehrschichtiges Perzeptron (MLP), Regression',
        'Ein Netz mit einer verdeckten Schicht, das in Durchgängen über die Zeilen lernt.',
      ],
      zh: ['多层感知机（MLP）回归', '含一个隐藏层的网络，对各行反复遍历来训练。'],
    },
    networkTexts,
  ),
  notes: [
    'Adam on the mean squared error, as in the reference; computed by the processors.',
    'Inputs and target are brought to mean 0 and deviation 1 by the training rows; the reference leaves them as they are, and so hardly learns from large numbers.',
    'Its scores on the way are told at the levels `epoch` and `step`, as often as the four `log_` parameters say.',
    'Shuffling and first weights come from the seed of the run, so the same run again gives the same network.',
  ],

  waive: {
    'the order of training rows does not matter': 'batches are drawn from the rows by number',
    'beats the dummy': 'the few steps that twenty passes over some dozen rows make at this rate hardly move a network',
  },

  fit(x, y, params, context) {
    const { log_train_every_n_epochs, log_validation_every_n_epochs } = params;
    const { log_train_every_n_steps, log_validation_every_n_steps } = params;
    return fitPerceptron(
      x,
      y,
      {
        hidden: params.hidden_size,
        activation: params.activation,
        learningRate: params.learning_rate,
        epochs: params.epochs,
        batchSize: params.batch_size,
        everyEpochs: { train: log_train_every_n_epochs, validation: log_validation_every_n_epochs },
        everySteps: { train: log_train_every_n_steps, validation: log_validation_every_n_steps },
      },
      context,
    );
  },
  predict: (net, x, context) => predictPerceptron(net, x, context?.tick),
  artifacts: weightsHeatmap,
});
