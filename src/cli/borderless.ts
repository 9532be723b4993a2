/** Characters of a table without lines, for cli-table3. */
export const borderless: Readonly<Record<string, string>> = Object.fromEntries(
  ['top', 'mid', 'bottom', 'left', 'right']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('middle')
    .map((name) => [name, '']),
)
