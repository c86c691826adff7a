import Calendars
import QueryLanguage

/// Makes random conditions as a parser could have read them, without positions.
struct ConditionMaker {
  var generator: SeededGenerator

  mutating func condition(depth: Int) -> Condition {
    switch generator.below(depth > 0 ? 14 : 10) {
    case 0, 1: .compare(value(depth: depth), generator.pick(Condition.Comparison.allCases), value(depth: depth))
    case 2:
      .isIn(
        value(depth: depth), (0...generator.below(3)).map { _ in value(depth: 1) }, isNegated: generator.below(2) == 0)
    case 3: .between(value(depth: depth), value(depth: depth), value(depth: depth))
    case 4: .missing(value(depth: depth))
    case 5: .present(value(depth: depth))
    case 6: .text(value(depth: depth), generator.pick(Condition.TextTest.allCases), text())
    case 7: .reached(status(), within: nil)
    case 8: .reached(status(), within: Condition.Limit(milliseconds: duration(), of: status()))
    case 9: .stuck(status(), milliseconds: duration())
    case 10: .not(condition(depth: depth - 1))
    case 11, 12: .any((0...(1 + generator.below(2))).map { _ in condition(depth: depth - 1) })
    default: .all((0...(1 + generator.below(2))).map { _ in condition(depth: depth - 1) })
    }
  }

  private mutating func value(depth: Int) -> Value {
    switch generator.below(depth > 0 ? 8 : 5) {
    case 0, 1: .field(Field(generator.pick([["total"], ["customer", "grade"], ["渠道"], ["time"], ["a_1", "in"]])))
    case 2, 3: .literal(literal(), .none)
    case 4: .time(from: status(), to: status(), .none)
    case 5: .negative(value(depth: depth - 1), .none)
    default:
      .arithmetic(
        value(depth: depth - 1), generator.pick([.plus, .minus, .times, .divided]), value(depth: depth - 1))
    }
  }

  private mutating func literal() -> Literal {
    switch generator.below(6) {
    case 0: .number(number())
    case 1: .text(text())
    case 2: .money(number(), currency: generator.pick(["CNY", "EUR", "GBP"]))
    case 3: .duration(duration())
    case 4: .truth(generator.below(2) == 0)
    default: .date(date())
    }
  }

  private mutating func number() -> DecimalNumber {
    DecimalNumber(
      digits: Int64.random(in: 0...(generator.below(2) == 0 ? 99 : .max), using: &generator),
      fractionDigits: generator.pick([0, 0, 1, 2, 18]))
  }

  private mutating func date() -> DateText {
    let local = Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator)
    let day = CivilDate(dayNumber: Int.random(in: -719_162...2_932_896, using: &generator))
    switch generator.below(7) {
    case 0: return DateText(.quarter(year: day.year, quarter: day.quarter))
    case 1: return DateText(.month(year: day.year, month: day.month))
    case 2: return DateText(.day(day))
    case 3: return DateText(.isoWeek(year: day.year, week: 1 + generator.below(52)))
    case 4: return DateText(.instant(local))
    case 5: return DateText(.time(local: local / 60_000 * 60_000, precision: .minute))
    default:
      let precision = generator.pick([DateText.Precision.second, .millisecond])
      return DateText(.time(local: local / precision.rawValue * precision.rawValue, precision: precision))
    }
  }

  private mutating func text() -> String { generator.pick(["", "a", "it's", "''", "\"q\"", "天猫\n旗舰店", "--", "😀"]) }
  private mutating func status() -> Status { Status(generator.pick(["placed", "in_transit", "shipped"])) }
  private mutating func duration() -> Int64 { generator.pick([0, 1, 999, 86_400_000, 187_200_000, 90_061_001, .max]) }
}
