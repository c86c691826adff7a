import OrderModel
import Testing
import Workload

struct CustomerBaseTests {
  let customers = Shop(profile: .year, seed: Seed(42)).customers

  @Test func `the same number is the same person`() {
    let (first, second) = (customers.customer(17), customers.customer(17))
    #expect(first.identity == second.identity)
    #expect(first.region == second.region && first.city == second.city)
  }

  @Test func `no two customers share a key, a phone or an e-mail address`() {
    let people = (0..<5_000).map { customers.customer($0).identity }
    #expect(Set(people.map(\.key)).count == 5_000)
    #expect(Set(people.map(\.phone)).count == 5_000)
    let addresses = people.compactMap(\.email)
    #expect(Set(addresses).count == addresses.count)
    #expect((2_900...3_600).contains(addresses.count))
  }

  @Test func `every grade has members, the best the fewest`() {
    let people = (0..<5_000).map { customers.customer($0).identity }
    let sizes = CustomerBase.grades.map { grade in people.count { $0.grade == grade } }
    #expect(sizes == sizes.sorted(by: >))
    #expect(sizes.last! > 100)
  }
}
