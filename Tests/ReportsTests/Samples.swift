import Columns
import Reports

let gbp = MoneyUnit(code: "GBP", scale: 2)!
let gbp3 = MoneyUnit(code: "GBP", scale: 3)!
let jpy = MoneyUnit(code: "JPY", scale: 0)!

/// A family of three as one grapheme of five scalars.
let family = "👨\u{200D}👩\u{200D}👧"

/// One column of each type; Chinese, an emoji joined by ZWJ, a combining mark, nulls, negative amounts.
let sample = Table(
  title: "Orders by channel",
  columns: [
    Column("channel", label: "channel", type: .text, isKey: true),
    Column("month", type: .bucket, isKey: true),
    Column("n", label: "orders", type: .integer, unit: "orders"),
    Column("on_time", label: "on time", type: .ratio, unit: "percent"),
    Column("p95", type: .duration),
    Column("total", type: .money(gbp)),
    Column("last", type: .instant),
    Column("open", type: .boolean),
    Column("excluded", type: .counts),
  ],
  rows: [
    [
      "天猫旗舰店", "2025-03", 1_234_567, .ratio(numerator: 34, denominator: 37, as: .percent),
      .duration(milliseconds: 187_200_000), .money(minorUnits: 123_450, unit: gbp),
      .instant(milliseconds: 1_740_910_447_000), true,
      .counts([ReasonCount("cancelled", 3), ReasonCount("time-missing", 1_200)]),
    ],
    [
      .text("\(family) cafe\u{301}"), "2025-03", -5, .ratio(numerator: 0, denominator: 0, as: .percent),
      .duration(milliseconds: 12_400), .money(minorUnits: -5, unit: gbp), .instant(milliseconds: -1), false,
      .counts([]),
    ],
    [nil, nil, nil, nil, nil, nil, nil, nil, nil],
  ],
  meta: [
    "period": ["from": .value(.instant(milliseconds: 1_740_787_200_000)), "until": "2025-04"],
    "sequence": 184_467, "kpis": ["K10:scor", "K09"],
  ],
  notes: ["* period not finished"])

/// No rows, two columns.
let emptyTable = Table(columns: [Column("channel", type: .text), Column("n", type: .integer)])

/// Texts that mean something to one format or another.
let awkward = Table(
  columns: [Column("text", type: .text), Column("n", type: .integer)],
  rows: [
    ["a,b", 1], ["say \"hi\"", 2], ["two\nlines\r\nand\ttab", 3], ["=1+1", -4], ["-x", 5], ["@a", 6], ["+a", 7],
    ["", 8], ["a|b\\c <b>*x* & [y](z)", 9], ["\u{1B}[31mred\u{7F}\u{9B}\u{202E}", 10], ["\u{0}\u{1F}\u{2028}", 11],
    ["\tt", 12], ["\rr", 13],
  ])

/// Negative amounts at several scales in one column of mixed kinds.
let amounts = Table(
  columns: [Column("kpi", type: .text, isKey: true), Column("value", type: .number)],
  rows: [
    ["scale 0", .money(minorUnits: -1_234_567, unit: jpy)], ["scale 2", .money(minorUnits: -1_234_567, unit: gbp)],
    ["scale 3", .money(minorUnits: -1_234_567, unit: gbp3)], ["small", .money(minorUnits: -7, unit: gbp3)],
    ["mean", .ratio(numerator: -2_469, denominator: 2, as: .money(gbp))], ["count", 12_345],
    ["turns", .ratio(numerator: 10_000, denominator: 3)],
    ["mean time", .ratio(numerator: 90_001, denominator: 2, as: .duration)],
    ["rate", .ratio(numerator: 1, denominator: 3, as: .percent)], ["time", .duration(milliseconds: -610)],
  ])

extension TableRenderer {
  func text(of table: Table) -> String { String(decoding: bytes(of: table), as: UTF8.self) }
}
