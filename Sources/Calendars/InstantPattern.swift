/// A compiled date pattern, by which imports read instants.
///
/// Letters (those of Unicode's date patterns): `yyyy`; `M` one or two digits, `MM` two; `d`/`dd`; `H`/`HH` 0…23;
/// `h`/`hh` 1…12 with `a` for AM or PM; `m`/`mm`; `s`/`ss`; `S`… that many digits of a fraction; `X` `XX` `XXX` for
/// `Z` or +08, +0800, +08:00, and `x` `xx` `xxx` without the `Z`. Text in quotes and all other characters stand for
/// themselves; letters must be quoted. `[…]` may be missing: it is read when its first character is there, which must
/// be a plain one. `epoch-s` and `epoch-ms` are counts since 1970.
///
/// Reading is strict: the whole text, no blanks more than the pattern has, no 30 February, years 0001…9999.
package struct InstantPattern: Sendable, Hashable {
  /// The pattern as it was given.
  package let text: String

  let elements: [Element]

  /// One step of reading. Small on purpose: the loop over steps is what an import spends its time in.
  struct Element: Sendable, Hashable {
    enum Kind: UInt8, Sendable, Hashable {
      case year, month, day, hour, hourOfHalf, half, minute, second, fraction, offset, literal, optional
      case epochSeconds, epochMilliseconds
    }

    let kind: Kind
    /// The byte of a literal; how many digits (0: one or two); how many elements may be missing.
    var argument: UInt8 = 0
    var offsetStyle = ZoneOffsetStyle(takesZ: true, minutes: .afterColon)
  }

  /// What a text said: a reading of the local clock, or an instant where it named its offset.
  ///
  /// Both count milliseconds since 1970.
  package enum Reading: Sendable, Hashable {
    case local(Int64)
    case instant(Int64)
  }

  /// Compiles a pattern.
  ///
  /// - Throws: ``CalendarError/pattern(position:problem:)`` for unknown letters, two-digit years (which century?),
  ///   parts named twice, and patterns without a full date.
  package init(_ text: String) throws(CalendarError) {
    var compiler = PatternCompiler(text)
    elements = try compiler.compile()
    self.text = text
  }

  /// Reads a whole text.
  ///
  /// - Throws: ``CalendarError/unexpected(position:expected:)`` or ``CalendarError/noSuchDate(year:month:day:)``.
  package func read(_ bytes: Span<UInt8>) throws(CalendarError) -> Reading {
    var fields = PatternFields()
    var position = 0
    var index = 0
    while index < elements.count {
      let element = elements[index]
      index += 1
      switch element.kind {
      case .literal:
        guard bytes.take(element.argument, &position) else {
          throw .unexpected(position: position, expected: InstantPattern.shown(element.argument))
        }
      case .optional:
        if position == bytes.count || bytes[position] != elements[index].argument { index += Int(element.argument) }
      case .epochSeconds, .epochMilliseconds:
        return try InstantPattern.epoch(bytes, scale: element.kind == .epochSeconds ? 1_000 : 1)
      default:
        try fields.read(element, bytes, &position)
      }
    }
    guard position == bytes.count else { throw .unexpected(position: position, expected: "the end") }
    return try fields.reading()
  }

  /// False where a byte that the pattern demands at a fixed place is another one, so that ``read(_:)`` throws; cheaper
  /// than to fail, since failing says why. True promises nothing.
  package func mayRead(_ bytes: Span<UInt8>) -> Bool {
    var position = 0
    for index in elements.indices {
      switch elements[index].kind {
      case .literal:
        guard position < bytes.count, bytes[position] == elements[index].argument else { return false }
        position += 1
      case .year, .month, .day, .hour, .hourOfHalf, .minute, .second:
        // One or two digits: what follows has no fixed place.
        guard elements[index].argument > 0 else { return true }
        position += Int(elements[index].argument)
      default: return true
      }
    }
    return position == bytes.count
  }

  /// The instant a text says; where it names no offset, as the clock of the cursor's zone shows it.
  ///
  /// A local time that came twice means the first, one that was left out the instant of the change.
  package func milliseconds(
    _ bytes: Span<UInt8>, zone: inout TimeZoneCursor
  ) throws(CalendarError) -> Int64 {
    switch try read(bytes) {
    case .local(let local): zone.instant(ofLocal: local)
    case .instant(let milliseconds): milliseconds
    }
  }

  private static func epoch(_ bytes: Span<UInt8>, scale: Int64) throws(CalendarError) -> Reading {
    var position = 0
    let isNegative = bytes.take(UInt8(ascii: "-"), &position)
    var value: Int64 = 0
    let start = position
    while let digit = bytes.digits(&position, count: 1) {
      // Fifteen digits reach past the year 9999 in milliseconds; more would overflow.
      guard position - start <= 15 else {
        throw .unexpected(position: start, expected: "an instant before 10000-01-01")
      }
      value = value * 10 + Int64(digit)
    }
    guard position > start else { throw .unexpected(position: position, expected: "a number") }
    guard position == bytes.count else { throw .unexpected(position: position, expected: "the end") }
    let milliseconds = (isNegative ? -value : value) * scale
    guard milliseconds >= CalendarLimits.earliest, milliseconds <= CalendarLimits.latest else {
      throw .unexpected(position: start, expected: "an instant of the years 0001 to 9999")
    }
    return .instant(milliseconds)
  }

  private static func shown(_ byte: UInt8) -> String {
    byte < 0x80 ? "'\(Character(UnicodeScalar(byte)))'" : "the text of the pattern"
  }
}
