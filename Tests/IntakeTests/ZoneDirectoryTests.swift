import Calendars
import Intake
import Testing

struct ZoneDirectoryTests {
  @Test func `zones come from the system, fixed offsets from their name`() throws {
    #expect(try ZoneDirectory.rules(named: "-03:00").offsetSeconds(at: 0) == -3 * 3600)
    #expect(try ZoneDirectory.rules(named: "Asia/Shanghai").offsetSeconds(at: 1_700_000_000_000) == 8 * 3600)
  }

  @Test(arguments: ["Asia/Atlantis", "../../etc/passwd", "", "/etc/passwd", "Asia//Shanghai"])
  func `names without a zone are refused, and none leaves the directory`(name: String) {
    #expect(throws: IntakeError.missing(path: "/usr/share/zoneinfo/" + name)) { try ZoneDirectory.rules(named: name) }
  }

  @Test func `a file that is no zone is told`() {
    #expect { try ZoneDirectory.rules(named: "zone.tab") } throws: { error in
      guard case IntakeError.unreadable = error else { return false }
      return true
    }
  }
}
