export { fitPerceptron, type PerceptronOptions, type ShownEvery } from './fit-perceptron.js';
export { type Activation, activations, hiddenWeights, type Perceptron } from './perceptron.js';
export { predictPerceptron } from './predict-perceptron.js';
