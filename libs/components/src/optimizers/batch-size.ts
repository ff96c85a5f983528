import { int } from '#contract';

/** How many trials are chosen before the first of them is judged. */
export const batchSize = int({ default: 4, min: 1, max: 256 });

/** Its words. */
export const batchSizeTexts = {
  en: [
    'Trials at a time',
    'Trials that are chosen together and may run at the same time, on as many workers as there are; the next ones learn from them. Fewer learn sooner, more run wider.',
  ],
  es: [
    'Intentos a la vez',
    'Intentos que se eligen juntos y pueden ejecutarse al mismo tiempo, en tantos procesos de trabajo como haya; los siguientes aprenden de ellos. Con menos se aprende antes; con más se reparte mejor.',
  ],
  pt: [
    'Tentativas de cada vez',
    'Tentativas escolhidas em conjunto e que podem correr ao mesmo tempo, em tantos processos de trabalho quantos houver; as seguintes aprendem com elas. Com menos aprende-se mais cedo; com mais reparte-se melhor.',
  ],
  de: [
    'Versuche auf einmal',
    'Versuche, die zusammen gewählt werden und gleichzeitig laufen können, auf so vielen Workern, wie es gibt; die nächsten lernen aus ihnen. Weniger lernen früher, mehr verteilen sich besser.',
  ],
  zh: [
    '每批试验数',
    '一起选出、可以同时在所有工作进程上运行的试验数量；后面的试验从中学习。数量少则学得更早，数量多则并行更广。',
  ],
} as const;
