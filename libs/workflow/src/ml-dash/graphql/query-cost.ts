import {
  type ASTVisitor, type FieldNode, type FragmentDefinitionNode, GraphQLError, Kind, Lexer, type SelectionSetNode, Source, TokenKind,
  type ValidationContext,
} from 'graphql'; // prettier-ignore

/** How deep fields may nest. */
const MAX_DEPTH = 25;
/** How deep brackets may: what nests deeper overflows the stack of whoever parses it. */
const MAX_BRACKETS = 200;
/** What a query may cost: about the fields it may answer. */
const MAX_COST = 500_000;
/** Items of a page. */
export const MAX_PAGE = 500;
/** Items a list without a page is taken for. */
const LIST_GUESS = 10;
const PAGES = new Set(['filesPaginated', 'projectsPaginated', 'experimentsPaginated', 'searchExperimentsPaginated']);
/** Lists that stand below a page, which counted their items. */
const PAGED = new Set(['experiments', 'projects']);
const LISTS = new Set(['children', 'files', 'metrics', 'nodes', 'projects', 'experiments']);

const OPENING: readonly string[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly string[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/** Looks at a query before it is parsed. @throws GraphQLError for one that nests without end, or cannot be read. */
export function checkBrackets(query: string): void {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    if (OPENING.includes(kind)) depth++;
    else if (CLOSING.includes(kind)) depth--;
    if (depth > MAX_BRACKETS) throw tooDeep();
  }
}

const tooDeep = (): GraphQLError => new GraphQLError(`The query nests deeper than ${MAX_DEPTH} fields`);

/** A rule for graphql-js: depth and cost, judged before anything is asked. */
export const limitQuery =
  (variables: Readonly<Record<string, unknown>>) =>
  (context: ValidationContext): ASTVisitor => ({
    OperationDefinition: (operation) => {
      const fragments = new Map<string, FragmentDefinitionNode>();
      for (const part of context.getDocument().definitions) {
        if (part.kind === Kind.FRAGMENT_DEFINITION) fragments.set(part.name.value, part);
      }
      const judge = new Judge(fragments, variables);
      const cost = judge.costOf(operation.selectionSet, 1, false);
      if (cost === 'deep') context.reportError(tooDeep());
      else if (cost > MAX_COST) {
        context.reportError(new GraphQLError(`The query is too costly: ask for smaller pages or fewer fields`));
      }
    },
  });

class Judge {
  private left = 100_000;

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  costOf({ selections }: SelectionSetNode, depth: number, paged: boolean): number | 'deep' {
    let sum = 0;
    for (const selection of selections) {
      // Fragments that multiply each other cost more than any answer.
      if (--this.left < 0) return Infinity;
      const cost =
        selection.kind === Kind.FIELD
          ? this.costOfField(selection, depth, paged)
          : this.costOfFragment(selection, depth, paged);
      if (cost === 'deep') return cost;
      sum += cost;
    }
    return sum;
  }

  private costOfField(field: FieldNode, depth: number, paged: boolean): number | 'deep' {
    if (depth > MAX_DEPTH) return 'deep';
    if (field.selectionSet === undefined) return 1;
    const name = field.name.value;
    const inner = this.costOf(field.selectionSet, depth + 1, PAGES.has(name));
    if (inner === 'deep') return inner;
    // Nodes are read once, however deep they are shown.
    const items = PAGES.has(name)
      ? this.limitOf(field)
      : LISTS.has(name) && name !== 'children' && !(paged && PAGED.has(name))
        ? LIST_GUESS
        : 1;
    return 1 + items * inner;
  }

  private costOfFragment(
    selection: Exclude<SelectionSetNode['selections'][number], FieldNode>,
    depth: number,
    paged: boolean,
  ): number | 'deep' {
    // A fragment that holds itself is refused by another rule; here it only has to end.
    if (depth > MAX_DEPTH) return 'deep';
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.costOf(selection.selectionSet, depth, paged);
    const fragment = this.fragments.get(selection.name.value);
    if (fragment === undefined) return 0;
    return this.entered.has(fragment) ? Infinity : this.within(fragment, depth, paged);
  }

  private readonly entered = new Set<FragmentDefinitionNode>();
  private within(fragment: FragmentDefinitionNode, depth: number, paged: boolean): number | 'deep' {
    this.entered.add(fragment);
    const cost = this.costOf(fragment.selectionSet, depth, paged);
    this.entered.delete(fragment);
    return cost;
  }

  private limitOf({ arguments: given = [] }: FieldNode): number {
    const value = given.find(({ name }) => name.value === 'limit')?.value;
    const limit =
      value?.kind === Kind.INT
        ? Number(value.value)
        : value?.kind === Kind.VARIABLE
          ? Number(this.variables[value.name.value])
          : 100;
    return Math.min(MAX_PAGE, Number.isFinite(limit) ? Math.max(1, limit) : MAX_PAGE);
  }
}
