import Foundation
import Testing

/// Files and media that the system does not let the tool use.
@Suite(
  .enabled(if: getuid() == 0, "skipped: only root can run as somebody else and mount"),
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"), "skipped: no setpriv here"),
  .serialized)
struct ClosedDoorTests {
  @Test func `a store that another user keeps to himself is told with its path`() throws {
    let folder = try TestFolder.filled()
    #expect(try ToolProcess.shell("chmod 600 '\(folder.path("s.orders"))'*; chmod 755 '\(folder.url.path)'") == 0)
    let before = folder.contentHash()
    for command in [["info"], ["order", "put", "9", "--line", "TEA:1:1.00"], ["verify"]] {
      let outcome = try ToolProcess.run(["--store", folder.path("s.orders")] + command, as: 65_534)
      #expect(outcome.status == 1, "\(command): \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("error OB4106: "), "\(command): \(outcome.errors)")
      #expect(outcome.errors.contains(folder.path("s.orders")))
    }
    #expect(folder.contentHash() == before)
  }

  @Test func `a directory that may not be written takes no store, no backup, no rejects`() throws {
    let folder = try TestFolder.filled()
    #expect(try ToolProcess.shell("chmod 755 '\(folder.url.path)'; chmod 666 '\(folder.path("s.orders"))'*") == 0)
    _ = try folder.write(TestFolder.csv + "9,web,c5,,,2026-03-40 10:00,,,placed,,EUR,TEA,1,1.00\n", "bad.csv")
    let store = ["--store", folder.path("s.orders")]
    let before = (folder.contentHash(), try folder.names)
    for (command, code) in [
      (["--store", folder.path("new.orders"), "init"], "OB4106"),
      (store + ["backup", folder.path("b.orders")], "OB4106"),
      (store + folder.importing("bad.csv", "--max-errors", "100%").arguments, "OB2003"),
      (store + ["kpi", "K25", "-o", folder.path("a.csv")], "OB2003"),
    ] {
      let outcome = try ToolProcess.run(command, as: 65_534)
      #expect(outcome.status == 1, "\(command): \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("error \(code): "), "\(command): \(outcome.errors)")
      #expect(try folder.names == before.1, "\(command)")
    }
    #expect(folder.contentHash() == before.0)
  }

  @Test func `on a medium that cannot be written a store is refused to writers`() throws {
    let folder = try TestFolder.filled()
    let disk = folder.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    guard try ToolProcess.shell("mount -t tmpfs -o size=8m tmpfs '\(disk)'") == 0 else {
      print("skipped: no file system can be mounted here")
      return
    }
    defer { _ = try? ToolProcess.shell("umount -l '\(disk)'") }
    let store = disk + "/s.orders"
    #expect(folder.run("backup", store).status == 0)
    #expect(try ToolProcess.shell("rm -f '\(store)-lock'; mount -o remount,ro '\(disk)'") == 0)
    let before = try Data(contentsOf: URL(filePath: store))
    let outcome = try ToolProcess.run(["--store", store, "order", "put", "9", "--line", "TEA:1:1.00"])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("error OB4107: "), "\(outcome.errors)")
    #expect(try Data(contentsOf: URL(filePath: store)) == before)
    let reading = try ToolProcess.run(["--store", store, "info"])
    #expect(reading.status == 0 || reading.errors.hasPrefix("error OB4107: "), "\(reading.errors)")
  }
}
