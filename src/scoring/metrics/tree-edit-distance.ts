export interface Tree<Label> {
  readonly label: Label
  readonly children: readonly Tree<Label>[]
}

export interface EditCosts<Label> {
  /** Of inserting or removing a node. */
  indel(label: Label): number
  update(from: Label, to: Label): number
}

class Grid {
  readonly #cells: Float64Array
  readonly #width: number

  constructor(height: number, width: number) {
    this.#cells = new Float64Array(height * width)
    this.#width = width
  }

  get(row: number, column: number): number {
    return this.#cells[row * this.#width + column] ?? 0
  }

  set(row: number, column: number, value: number): void {
    this.#cells[row * this.#width + column] = value
  }
}

interface Node<Label> {
  readonly label: Label
  readonly indel: number
  /** Index of the leftmost leaf below this node. */
  readonly leftmost: number
}

function postorder<Label>(tree: Tree<Label>, costs: EditCosts<Label>): readonly Node<Label>[] {
  const nodes: Node<Label>[] = []
  const visit = ({ label, children }: Tree<Label>): number => {
    const [first] = children.map(visit)
    const leftmost = first ?? nodes.length
    nodes.push({ label, indel: costs.indel(label), leftmost })
    return leftmost
  }
  visit(tree)
  return nodes
}

/** Of all nodes that share a leftmost leaf, the highest: the roots of the subproblems, in postorder. */
const keyroots = (nodes: readonly Node<unknown>[]): readonly number[] =>
  [...new Map(nodes.map(({ leftmost }, index) => [leftmost, index])).values()].sort((a, b) => a - b)

/**
 * The least cost of turning one ordered tree into another by inserting, removing and relabelling nodes
 * (Zhang and Shasha, 1989).
 * @example with unit costs, f(d(a c(b)) e) → f(c(d(a b)) e) costs 2: remove c, insert c
 */
export function treeEditDistance<Label>(from: Tree<Label>, to: Tree<Label>, costs: EditCosts<Label>): number {
  const a = postorder(from, costs)
  const b = postorder(to, costs)
  const trees = new Grid(a.length, b.length)
  for (const i of keyroots(a)) for (const j of keyroots(b)) forestDistances(a, b, i, j, trees, costs)
  return trees.get(a.length - 1, b.length - 1)
}

/** Fills in `trees` the distances of all subtree pairs whose leftmost leaves are those of `i` and `j`. */
function forestDistances<Label>(
  a: readonly Node<Label>[],
  b: readonly Node<Label>[],
  i: number,
  j: number,
  trees: Grid,
  costs: EditCosts<Label>,
): void {
  const left = a[i]?.leftmost ?? 0
  const top = b[j]?.leftmost ?? 0
  const rows = a.slice(left, i + 1)
  const columns = b.slice(top, j + 1)
  const forests = new Grid(rows.length + 1, columns.length + 1)
  rows.forEach((node, x) => forests.set(x + 1, 0, forests.get(x, 0) + node.indel))
  columns.forEach((node, y) => forests.set(0, y + 1, forests.get(0, y) + node.indel))
  rows.forEach((source, x) =>
    columns.forEach((target, y) => {
      const bothTrees = source.leftmost === left && target.leftmost === top
      const matched = bothTrees
        ? forests.get(x, y) + costs.update(source.label, target.label)
        : forests.get(source.leftmost - left, target.leftmost - top) + trees.get(left + x, top + y)
      const least = Math.min(
        forests.get(x, y + 1) + source.indel,
        forests.get(x + 1, y) + target.indel,
        matched,
      )
      forests.set(x + 1, y + 1, least)
      if (bothTrees) trees.set(left + x, top + y, least)
    }),
  )
}
