import OrderModel
import Testing
import Workload

struct StockStoryTests {
  let stream = Shop(profile: .corner, seed: Seed(5)).orders(3_000)

  /// Where one SKU lies.
  struct Place: Hashable {
    var sku, location: String
  }

  @Test func `every article is registered and lies at every location before trading`() {
    let story = StockStory(of: stream)
    var registered: Set<String> = []
    var opened: Set<Place> = []
    for command in story.commands {
      switch command {
      case .registerSKU(let article): registered.insert(article.sku)
      case .receive(let receipt):
        #expect(registered.contains(receipt.sku))
        #expect(receipt.quantity > 0)
        if receipt.occurredAt < stream.shop.opening {
          opened.insert(Place(sku: receipt.sku, location: receipt.location))
        }
      default: Issue.record("a stock story only registers and receives")
      }
    }
    #expect(registered.count == stream.shop.articles.count)
    #expect(opened.count == stream.shop.articles.count * stream.shop.locations.count)
  }

  @Test(arguments: [ShopProfile.corner, .festival])
  func `in time order every reservation and every shipment succeeds`(profile: ShopProfile) throws {
    let stream = Shop(profile: profile, seed: Seed(5)).orders(3_000)
    var steps: [(at: Instant, place: Place, change: Step)] = []
    for case .receive(let receipt) in StockStory(of: stream).commands {
      steps.append(
        (receipt.occurredAt, Place(sku: receipt.sku, location: receipt.location), .receive(receipt.quantity)))
    }
    for order in stream {
      for line in order.order.lines {
        let place = Place(sku: line.sku, location: order.location)
        if let instant = order.reservedAt { steps.append((instant, place, .reserve(line.quantity))) }
        if let instant = order.leftAt { steps.append((instant, place, .ship(line.quantity))) }
        if let end = order.end, order.reservedAt != nil { steps.append((end.at, place, .release(line.quantity))) }
      }
    }
    steps.sort { ($0.at, $0.change.rank) < ($1.at, $1.change.rank) }
    var counters: [Place: InventoryCounters] = [:]
    for step in steps {
      var counter = counters[step.place] ?? InventoryCounters()
      switch step.change {
      case .receive(let units): try counter.adjust(units)
      case .reserve(let units): try counter.reserve(units)
      case .ship(let units): try counter.ship(units)
      case .release(let units): try counter.release(units)
      }
      counters[step.place] = counter
    }
    let expected = ExpectedFigures(of: stream)
    #expect(counters.values.reduce(0) { $0 + $1.reserved } == expected.unitsHeld)
    #expect(
      counters.values.reduce(0) { $0 + $1.onHand } == StockStory(of: stream).unitsReceived - expected.unitsShipped)
  }

  enum Step {
    case receive(Int64)
    case reserve(Int64)
    case ship(Int64)
    case release(Int64)

    /// The order of steps at one instant.
    var rank: Int {
      switch self {
      case .receive: 0
      case .reserve: 1
      case .ship: 2
      case .release: 3
      }
    }
  }
}
