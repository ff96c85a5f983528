import type { Pairs } from '../kit/texts.js';

/** Labels and helps of parameters that models of several families have in common. */
export const modelTexts = {
  random_state: {
    en: ['Random seed', 'The same number draws the same random choices again; empty takes a fixed one.'],
    es: ['Semilla aleatoria', 'El mismo número repite las mismas elecciones al azar; vacío toma una fija.'],
    pt: ['Semente aleatória', 'O mesmo número repete as mesmas escolhas ao acaso; vazio usa uma fixa.'],
    de: ['Zufallszahl', 'Dieselbe Zahl wiederholt dieselben zufälligen Züge; leer nimmt eine feste.'],
    zh: ['随机种子', '相同的数字会重复相同的随机选择；留空则使用固定值。'],
  },
  class_weight: {
    en: ['Class weights', '`balanced` lets rare classes count as much as common ones.'],
    es: ['Pesos de clase', '`balanced` hace que las clases raras cuenten tanto como las frecuentes.'],
    pt: ['Pesos das classes', '`balanced` faz com que classes raras contem tanto como as frequentes.'],
    de: ['Klassengewichte', '`balanced` lässt seltene Klassen so viel zählen wie häufige.'],
    zh: ['类别权重', '`balanced` 使稀有类别与常见类别同等重要。'],
  },
  n_jobs: {
    en: ['Threads', 'Kept for compatibility; the worker decides how many threads a run has.'],
    es: ['Hilos', 'Se conserva por compatibilidad; el trabajador decide cuántos hilos tiene una ejecución.'],
    pt: ['Threads paralelas', 'Mantido por compatibilidade; o processo decide quantas threads tem uma execução.'],
    de: ['Threads', 'Nur zur Verträglichkeit; wie viele Threads ein Lauf hat, bestimmt der Arbeitsprozess.'],
    zh: ['线程数', '仅为兼容而保留；运行使用的线程数由工作进程决定。'],
  },
  warm_start: {
    en: ['Warm start', 'Kept for compatibility; every run starts afresh.'],
    es: ['Arranque en caliente', 'Se conserva por compatibilidad; cada ejecución empieza de cero.'],
    pt: ['Arranque a quente', 'Mantido por compatibilidade; cada execução começa do zero.'],
    de: ['Warmstart', 'Nur zur Verträglichkeit; jeder Lauf beginnt von vorn.'],
    zh: ['热启动', '仅为兼容而保留；每次运行都从头开始。'],
  },
  copy_X: {
    en: ['Copy data', 'Kept for compatibility; the data are never changed.'],
    es: ['Copiar datos', 'Se conserva por compatibilidad; los datos nunca se modifican.'],
    pt: ['Copiar dados', 'Mantido por compatibilidade; os dados nunca são alterados.'],
    de: ['Daten kopieren', 'Nur zur Verträglichkeit; die Daten werden nie verändert.'],
    zh: ['复制数据', '仅为兼容而保留；数据从不会被更改。'],
  },
  fit_intercept: {
    en: ['Intercept', 'Learn a constant term, which is not penalised.'],
    es: ['Término constante', 'Aprender un término constante, que no se penaliza.'],
    pt: ['Termo constante', 'Aprender um termo constante, que não é penalizado.'],
    de: ['Achsenabschnitt', 'Ein konstantes Glied lernen, das nicht bestraft wird.'],
    zh: ['截距', '学习一个不受惩罚的常数项。'],
  },
  positive: {
    en: ['Only positive', 'Hold every coefficient at 0 or above.'],
    es: ['Solo positivos', 'Mantener todos los coeficientes en 0 o más.'],
    pt: ['Só positivos', 'Manter todos os coeficientes em 0 ou mais.'],
    de: ['Nur positive', 'Alle Koeffizienten bei 0 oder darüber halten.'],
    zh: ['仅为正', '使所有系数不小于 0。'],
  },
} as const satisfies Record<string, Pairs>;
