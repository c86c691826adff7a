internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// The rows behind figures, set by set: `numerator`, `denominator` (below the line only), `pending`, `excluded:REASON`.
///
/// The sets of a group are disjoint, and together its population. Of a customer figure, a row names a customer and the
/// order that puts the customer into the group; what is excluded are orders.
enum MemberTable {
  static func table(of answers: KPIAnswers, from snapshot: OrderSnapshot) throws(AnalyticsError) -> Table {
    var table = Table(
      columns: [Column("kpi", type: .text)] + answers.keyColumns + answers.ownKeyColumns
        + [
          Column("set", type: .text), Column("member", type: .text), Column("number", type: .text),
          Column("channel", label: "channel of member", type: .text), Column("customer", type: .text),
        ].map { column in
          var column = column
          // A key of the same name comes first.
          if (answers.keyColumns + answers.ownKeyColumns).contains(where: { $0.name == column.name }) {
            column.name = "member_\(column.name)"
          }
          return column
        },
      meta: answers.meta, notes: answers.notes)
    for answer in answers.answers {
      let members = answer.members.sorted {
        ($0.cell, $0.kind, $0.source.rawValue, $0.row) < ($1.cell, $1.kind, $1.source.rawValue, $1.row)
      }
      for member in members {
        let cell = answer.cells[Int(member.cell)]
        let keys =
          cell.keys.map { $0.map { Value.text($0) } ?? .null }
          + answers.ownKeyValues(answer.definition, cell.ownKeys)
        do throws(StoreError) {
          let cells = try cells(of: member, in: snapshot)
          table.append(
            [.text(answer.definition.name)] + keys + [.text(set(of: member.kind, in: answer.definition))] + cells)
        } catch { throw .store(error) }
      }
    }
    return table
  }

  private static func set(of kind: UInt8, in definition: Definition) -> String {
    switch kind {
    case Verdicts.hit: "numerator"
    case Verdicts.miss: "denominator"
    case Verdicts.pending: "pending"
    default: "excluded:\(definition.exclusions[Int(kind - Verdicts.firstExclusion)])"
    }
  }

  private static func cells(of member: MemberRow, in snapshot: OrderSnapshot) throws(StoreError) -> [Value] {
    let row = Int(member.row)
    switch member.source {
    case .order, .customer:
      return [
        .text(member.source == .order ? "order" : "customer"), .text(try snapshot.number(order: row)),
        text(try snapshot.channel(order: row)), text(try snapshot.customer(order: row)),
      ]
    case .credit:
      return [
        "credit", .text(try snapshot.number(credit: row)), text(try snapshot.channel(credit: row)), .null,
      ]
    }
  }

  private static func text(_ word: String?) -> Value { word.map { $0.isEmpty ? .null : .text($0) } ?? .null }
}
