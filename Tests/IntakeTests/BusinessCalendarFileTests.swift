import Calendars
import Intake
import Testing

struct BusinessCalendarFileTests {
  private static let text = """
    zone = "Europe/Berlin"
    holidays = ["2026-12-25"]
    cut_off = "16:00"
    [hours]
    monday = ["09:00-12:00", "13:00-18:00"]
    sunday = ["00:00-24:00"]
    """

  @Test func `a calendar says its zone, hours, holidays and cut-off`() throws {
    let calendar = try BusinessCalendarFile.calendar(Self.text, path: "c.toml")
    #expect(calendar.zone.name == "Europe/Berlin")
    #expect(calendar.week == [[540..<720, 780..<1_080], [], [], [], [], [], [0..<1_440]])
    #expect(calendar.cutOffMinute == 960)
    let holiday = try #require(CivilDate(year: 2026, month: 12, day: 25))
    let other = try #require(
      BusinessCalendar(zone: calendar.zone, week: calendar.week, holidays: [holiday], cutOffMinute: 960))
    #expect(calendar == other)
  }

  @Test(
    arguments: [
      ("zone = \"Europe/Berlin\"", "zone = \"Nowhere\"", "c.toml:1: zone: no time zone 'Nowhere'"),
      ("zone = \"Europe/Berlin\"", "", "c.toml: zone: is missing, or no text"),
      ("2026-12-25", "2026-13-25", "c.toml:2: holidays: '2026-13-25' is no date; write it as 2026-12-25"),
      ("[\"2026-12-25\"]", "\"2026\"", "c.toml:2: holidays: is a string, not a list"),
      ("16:00", "24:00", "c.toml:3: cut_off: is no time of day; write it as \"16:00\""),
      ("monday", "moonday", "c.toml:5: [hours] moonday: is no weekday"),
      (
        "13:00-18:00", "11:00-18:00",
        "c.toml:5: [hours] monday: '11:00-18:00' begins before the opening before it ends"
      ),
      ("00:00-24:00", "00:00-24:01", "c.toml:6: [hours] sunday: '00:00-24:01' is no opening; write it as 09:00-18:00"),
      ("cut_off", "cutoff", "c.toml:3: cutoff: is unknown; a calendar has zone, hours, holidays and cut_off"),
    ])
  func `what is wrong is told with its line`(right: String, wrong: String, message: String) {
    let text = Self.text.replacing(right, with: wrong)
    #expect(throws: MappingProblem.self) { try BusinessCalendarFile.calendar(text, path: "c.toml") }
    do { _ = try BusinessCalendarFile.calendar(text, path: "c.toml") } catch { #expect(error.description == message) }
  }

  @Test func `a week without openings is none`() {
    #expect(throws: MappingProblem.self) {
      try BusinessCalendarFile.calendar("zone = \"UTC\"\n[hours]\nmonday = []\n", path: "c.toml")
    }
  }
}
