import Foundation
import OrderStore
import Testing

/// 7: somebody else is in the way for now.
@Suite(.serialized)
struct BusyStoreTests {
  @Test func `too many readers are told, and nobody is turned away afterwards`() throws {
    let folder = try TestFolder.filled()
    var options = OrderStore.Options()
    options.readOnly = true
    let store = try OrderStore.open(path: folder.path("s.orders"), options: options)
    var snapshots: [OrderSnapshot] = []
    while snapshots.count < 5_000, let snapshot = try? store.snapshot() { snapshots.append(snapshot) }
    #expect(snapshots.count > 100)
    let outcome = folder.run("kpi", "K25")
    #expect(outcome.status == 7, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("error OB4110: "))
    snapshots = []
    #expect(folder.run("kpi", "K25").status == 0)
  }

  @Test func `a file put in the place of one that is open is refused until that is closed`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("backup", folder.path("b.orders")).status == 0)
    var options = OrderStore.Options()
    options.readOnly = true
    var store: OrderStore? = try OrderStore.open(path: folder.path("s.orders"), options: options)
    #expect(store != nil)
    try FileManager.default.moveItem(atPath: folder.path("s.orders"), toPath: folder.path("old.orders"))
    try FileManager.default.moveItem(atPath: folder.path("b.orders"), toPath: folder.path("s.orders"))
    let outcome = folder.run("info")
    #expect(outcome.status == 7, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("error OB4111: "))
    store = nil
    #expect(folder.run("info").status == 0)
  }
}
