import Calendars
import OrderModel
import OrderRules
import Testing

struct AlertTests {
  private let hour: Int64 = 3_600_000
  private func at(_ hours: Int64) -> Instant { Instant(milliseconds: hours * hour) }

  private func leg(
    _ node: Node, last: Int64, shipBy: Int64? = nil, deliverBy: Int64? = nil, isOnHold: Bool = false,
    exceptions: [OpenLeg.OpenException] = []
  ) -> OpenLeg {
    OpenLeg(
      leg: 0, node: node, lastEventAt: at(last), hasShipped: node >= .shipped, hasDelivered: node >= .delivered,
      shipBy: shipBy.map(at), deliverBy: deliverBy.map(at), isOnHold: isOnHold,
      subject: DwellLimit.Subject(channel: "web", carrier: "SF", grade: "gold"), exceptions: exceptions)
  }

  private func causes(_ leg: OpenLeg, asOf: Int64, _ limits: [DwellLimit] = DwellLimit.standard) -> [Alert.Cause] {
    leg.alerts(asOf: at(asOf), limits: limits).map(\.cause)
  }

  @Test func `a deadline is over once it lies before the instant asked for, and kept promises are not late`() {
    #expect(causes(leg(.released, last: 9, shipBy: 10), asOf: 10) == [])
    #expect(causes(leg(.released, last: 9, shipBy: 10), asOf: 11) == [.lateToShip])
    #expect(causes(leg(.shipped, last: 9, shipBy: 10, deliverBy: 20), asOf: 11) == [])
    #expect(causes(leg(.inTransit, last: 19, deliverBy: 20), asOf: 21) == [.lateToDeliver])
  }

  @Test func `late and stalled are separate facts`() {
    #expect(causes(leg(.inTransit, last: 0), asOf: 48) == [])
    #expect(causes(leg(.inTransit, last: 0), asOf: 49) == [.stalled])
    #expect(causes(leg(.inTransit, last: 0, deliverBy: 60), asOf: 61) == [.stalled, .lateToDeliver])
    #expect(causes(leg(.inTransit, last: 60, deliverBy: 60), asOf: 61) == [.lateToDeliver])
  }

  @Test func `what is on hold does not stall, but is late`() {
    #expect(causes(leg(.paid, last: 0, shipBy: 5, isOnHold: true), asOf: 99) == [.lateToShip])
  }

  @Test func `the level tells how often the limit has passed`() {
    let levels = [5, 8, 9, 13].map {
      leg(.paid, last: 0).alerts(asOf: at($0), limits: DwellLimit.standard).first?.level
    }
    #expect(levels == [1, 2, 2, 3])
  }

  @Test func `the limit that names most of an order holds`() {
    let limits = [
      DwellLimit(.paid, hours: 4), DwellLimit(.paid, hours: 2, channel: "web"),
      DwellLimit(.paid, hours: 9, channel: "web", grade: "gold"), DwellLimit(.paid, hours: 1, channel: "pos"),
    ]
    func limit(at node: Node, _ subject: DwellLimit.Subject) -> Int64? {
      DwellLimit.limit(at: node, for: subject, of: limits)?.limit
    }
    #expect(limit(at: .paid, DwellLimit.Subject(channel: "web", grade: "gold")) == 9 * hour)
    #expect(limit(at: .paid, DwellLimit.Subject(channel: "web")) == 2 * hour)
    #expect(limit(at: .paid, DwellLimit.Subject(channel: "b2b")) == 4 * hour)
    #expect(limit(at: .delivered, DwellLimit.Subject()) == nil)
  }

  @Test func `an exception is first unanswered, then unresolved`() {
    var exception = OpenLeg.OpenException(kind: .credit, raisedAt: at(0), isAcknowledged: false)
    #expect(causes(leg(.paid, last: 5, exceptions: [exception]), asOf: 4) == [])
    #expect(causes(leg(.paid, last: 5, exceptions: [exception]), asOf: 5) == [.unanswered])
    exception.isAcknowledged = true
    #expect(causes(leg(.paid, last: 5, exceptions: [exception]), asOf: 5) == [.unresolved])
  }

  @Test func `limits in business time run while somebody is at work, others always`() throws {
    // Open from 8 to 12, on every day; as instants count from midnight, hour 8 is the first opening.
    let calendar = try #require(
      BusinessCalendar(zone: .utc, week: Array(repeating: [480..<720], count: 7), cutOffMinute: 660))
    func alert(_ node: Node, last: Int64, asOf: Int64) -> Alert? {
      leg(node, last: last).alerts(asOf: at(asOf), limits: DwellLimit.standard, calendar: calendar).first
    }
    // Picked at 9 it is due at 11; at the cut-off, 11, at 10 of the next day.
    #expect(alert(.picked, last: 9, asOf: 11) == nil)
    #expect(alert(.picked, last: 9, asOf: 12)?.dueAt == at(11))
    #expect(alert(.picked, last: 11, asOf: 34) == nil)
    #expect(alert(.picked, last: 11, asOf: 35)?.dueAt == at(34))
    // The third limit of two open hours ends on the next day.
    #expect(alert(.picked, last: 8, asOf: 12)?.level == 2)
    #expect(alert(.picked, last: 8, asOf: 33)?.level == 2)
    #expect(alert(.picked, last: 8, asOf: 34)?.level == 3)
    #expect(alert(.labelled, last: 9, asOf: 34)?.dueAt == at(33))
    #expect(leg(.picked, last: 11).alerts(asOf: at(14), limits: DwellLimit.standard).first?.dueAt == at(13))
  }
}
