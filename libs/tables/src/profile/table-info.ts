/** Statistics of one numeric column: quartile outliers, bias-corrected skew and excess kurtosis; null where undefined. */
export interface NumericStats {
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly lower_bound: number | null;
  readonly upper_bound: number | null;
  readonly max: number | null;
  readonly median: number | null;
  readonly q1: number | null;
  readonly q3: number | null;
  readonly n_unique: number;
  readonly skew: number | null;
  readonly kurtosis: number | null;
  readonly outliers_count: number;
}

/** Levels of one categorical column, most frequent first. */
export interface CategoricalStats {
  readonly n_unique: number;
  readonly most_frequent: string | null;
  readonly most_frequent_count: number;
  readonly top_5: readonly { readonly value: string; readonly count: number }[];
}

/** Lengths in characters of one text column. */
export interface TextStats {
  readonly avg_length: number;
  readonly median_length: number;
  readonly min_length: number;
  readonly max_length: number;
  readonly unique_count: number;
  readonly unique_ratio: number;
  readonly avg_word_count: number;
}

/** What is true of every table, whether it was profiled or not. */
export interface BasicInfo {
  readonly total_rows: number;
  readonly total_columns: number;
  readonly column_names: readonly string[];
  /** Column → missing cells. */
  readonly nan: Readonly<Record<string, number>>;
}

/** The info object of `GET …/info`, without its split sizes; the blocks below `nan` exist once a table was profiled. */
export interface TableInfo extends BasicInfo {
  readonly general_info?: {
    readonly n_rows: number;
    readonly n_columns: number;
    readonly memory_usage_mb: number;
    readonly duplicate_rows: number;
    readonly dtypes: Readonly<Record<string, string>>;
  };
  readonly numeric_stats?: Readonly<Record<string, NumericStats>>;
  readonly categorical_stats?: Readonly<Record<string, CategoricalStats>>;
  readonly text_stats?: Readonly<Record<string, TextStats>>;
  readonly quality_info?: {
    readonly constant_columns: readonly string[];
    readonly high_cardinality_columns: readonly string[];
    readonly possible_id_columns: readonly string[];
    readonly nan_ratio_per_column: Readonly<Record<string, number>>;
    readonly rows_with_any_nan: number;
    readonly rows_with_multiple_nan: number;
    readonly data_quality_score: number;
  };
  readonly correlations?: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  /** Present when the correlations cover only the first columns or evenly spread rows of a large table. */
  readonly correlations_over?: { readonly columns: number; readonly rows: number };
}
