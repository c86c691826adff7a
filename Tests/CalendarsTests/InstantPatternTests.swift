import Calendars
import Testing

struct InstantPatternTests {
  static func read(_ text: String, _ pattern: String, zone: TimeZoneRules = .utc) throws -> Int64 {
    let compiled = try InstantPattern(pattern)
    var cursor = TimeZoneCursor(zone)
    #expect(compiled.mayRead(Array(text.utf8).span) || (try? compiled.read(Array(text.utf8).span)) == nil)
    return try compiled.milliseconds(Array(text.utf8).span, zone: &cursor)
  }

  @Test(arguments: [
    ("yyyy-MM-dd HH:mm:ss", "2017-10-02 10:56:33", "2017-10-02T10:56:33Z"),
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2017-10-02T10:56:33+08:00", "2017-10-02T02:56:33Z"),
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2017-10-02T10:56:33Z", "2017-10-02T10:56:33Z"),
    ("yyyy-MM-dd'T'HH:mm:ssxx", "2017-10-02T10:56:33-0330", "2017-10-02T14:26:33Z"),
    ("yyyy-MM-dd HHX", "2017-10-02 10+08", "2017-10-02T02:00:00Z"),
    ("dd/MM/yyyy HH:mm", "01/12/2010 08:26", "2010-12-01T08:26:00Z"),
    ("yyyy/M/d H:mm", "2010/12/1 8:26", "2010-12-01T08:26:00Z"),
    ("yyyy/M/d H:mm", "2010/2/11 18:26", "2010-02-11T18:26:00Z"),
    ("M/d/yyyy h:mm a", "12/1/2010 12:05 AM", "2010-12-01T00:05:00Z"),
    ("M/d/yyyy h:mm a", "12/1/2010 1:05 pm", "2010-12-01T13:05:00Z"),
    ("yyyy-MM-dd HH:mm:ss.SSS", "2017-10-02 10:56:33.250", "2017-10-02T10:56:33.25Z"),
    ("yyyy-MM-dd HH:mm:ss[.SSS]", "2017-10-02 10:56:33", "2017-10-02T10:56:33Z"),
    ("yyyy-MM-dd HH:mm:ss[.SSSSSS]", "2017-10-02 10:56:33.250999", "2017-10-02T10:56:33.25Z"),
    ("yyyy-MM-dd[ HH:mm]", "2017-10-02", "2017-10-02T00:00:00Z"),
    ("yyyyMMddHHmmss", "20171002105633", "2017-10-02T10:56:33Z"),
    ("yyyy年M月d日 HH:mm", "2017年10月2日 10:56", "2017-10-02T10:56:00Z"),
    ("yyyy-MM-dd 'o''clock' H", "2017-10-02 o'clock 7", "2017-10-02T07:00:00Z"),
    ("epoch-s", "1506941793", "2017-10-02T10:56:33Z"), ("epoch-ms", "-1", "1969-12-31T23:59:59.999Z"),
    ("yyyy-MM-dd", "2024-02-29", "2024-02-29T00:00:00Z"),
  ]) func `patterns read what they describe`(pattern: String, text: String, expected: String) throws {
    #expect(try Self.read(text, pattern) == instant(expected))
  }

  @Test(arguments: [
    ("yyyy-MM-dd'T'HH:mm", "2018-01-01 10:00", false), ("yyyy-MM-dd HH:mm", "2018-01-01 10:00", true),
    ("yyyy-MM-dd", "2018-01-01 10:00", false), ("yyyy-MM-dd", "2018-01-0", false), ("yyyy-MM-dd", "2018-99-99", true),
    ("yyyy-MM-dd[ HH:mm]", "2018-01-01 10:00", true), ("d.M.yyyy", "1/1/2018", true), ("epoch-s", "", true),
    ("yyyy-MM-dd", "", false),
  ]) func `a byte at a fixed place tells that a pattern cannot read`(pattern: String, text: String, may: Bool) throws {
    #expect(try InstantPattern(pattern).mayRead(Array(text.utf8).span) == may)
  }

  @Test func `times without an offset are those of the zone`() throws {
    let shanghai = try SystemZone.rules("Asia/Shanghai")
    #expect(
      try Self.read("2017-10-02 10:56:33", "yyyy-MM-dd HH:mm:ss", zone: shanghai)
        == instant("2017-10-02T02:56:33Z"))
    let paulo = try SystemZone.rules("America/Sao_Paulo")
    let pattern = "yyyy-MM-dd HH:mm"
    // Left out by the clock: the instant of the change. Twice: the first.
    #expect(try Self.read("2017-10-15 00:30", pattern, zone: paulo) == instant("2017-10-15T03:00:00Z"))
    #expect(try Self.read("2018-02-17 23:30", pattern, zone: paulo) == instant("2018-02-18T01:30:00Z"))
  }

  @Test(arguments: [
    ("yyyy-MM-dd", "2018-2-30", 5), ("yyyy-MM-dd", "0000-01-01", 0), ("yyyy-MM-dd", "2018-01-01 ", 10),
    ("yyyy-MM-dd", "2018-13-01", 5), ("yyyy-MM-dd", "2018-01-00", 8), ("yyyy-MM-dd", "2018/01/01", 4),
    ("yyyy-MM-dd", "", 0), ("yyyy-MM-dd HH:mm", "2018-01-01 24:00", 11),
    ("yyyy-MM-dd HH:mm:ss", "2018-01-01 10:00:60", 17),
    ("yyyy-MM-dd", "12018-01-01", 4), ("yyyy-M-d", "2018-123-1", 7), ("yyyy-MM-dd h a", "2018-01-01 13 PM", 11),
    ("yyyy-MM-dd h a", "2018-01-01 1 XM", 13), ("yyyy-MM-ddXXX", "2018-01-01+8", 10), ("epoch-s", "12x", 2),
    ("epoch-s", "", 0), ("epoch-ms", "9999999999999999", 0), ("epoch-s", "999999999999", 0),
    ("yyyy-MM-dd", "２018-01-01", 0),
    ("yyyy-MM-ddx", "2018-01-01Z", 10), ("yyyy-MM-dd[.SSS]", "2018-01-01.12", 13),
  ]) func `what is wrong is refused with its place`(pattern: String, text: String, position: Int) {
    do {
      _ = try Self.read(text, pattern)
      Issue.record("read \(text)")
    } catch CalendarError.unexpected(let found, let expected) {
      #expect(found == position)
      #expect(!expected.isEmpty)
    } catch {
      Issue.record("\(text): \(error)")
    }
  }

  @Test(arguments: [("2018-02-30", 30), ("2018-02-29", 29), ("1900-02-29", 29), ("2018-04-31", 31)])
  func `a day the calendar lacks is refused`(text: String, day: Int) {
    #expect(throws: CalendarError.self) { try Self.read(text, "yyyy-MM-dd") }
  }

  @Test(arguments: [
    ("yy-MM-dd", 0), ("yyyy-MM", 7), ("yyyy-MM-dd HH:mm:ss z", 20), ("yyyy-MM-ddTHH:mm", 10), ("yyyy-MM-dd 'x", 11),
    ("yyyy-MM-dd [[", 12), ("yyyy-MM-dd ]", 11), ("yyyy-MM-dd [HH]", 14), ("yyyy-MM-dd [ HH", 15),
    ("yyyy-MM-dd MM", 11),
    ("yyyy-MMM-dd", 5), ("yyyy-MM-dd h", 12), ("yyyy-MM-dd H h a", 16), ("", 0), ("yyyy-MM[-dd]", 9),
    ("yyyy-MM-dd SSSSSSSSSS", 11),
  ]) func `a wrong pattern is refused with its place`(pattern: String, position: Int) {
    do throws(CalendarError) {
      _ = try InstantPattern(pattern)
      Issue.record("compiled \(pattern)")
    } catch {
      guard case .pattern(position, _) = error else {
        Issue.record("\(pattern): \(error)")
        return
      }
    }
  }

  @Test func `random bytes are refused or read, never a crash`() throws {
    var generator = SeededGenerator(state: 99)
    let alphabet = Array("0123456789-/: .TZ+yMdHmsSXah'[]年".utf8)
    let patterns = try ["yyyy-MM-dd'T'HH:mm:ss[.SSS]XXX", "yyyy/M/d h:mm a", "epoch-ms"].map {
      try InstantPattern($0)
    }
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...24, using: &generator)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      for pattern in patterns { _ = try? pattern.read(bytes.span) }
      _ = try? InstantPattern(String(decoding: bytes, as: UTF8.self))
    }
  }
}
