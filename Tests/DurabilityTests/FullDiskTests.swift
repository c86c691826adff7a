import Foundation
import Testing

@Suite(.enabled(if: getuid() == 0, "skipped: only root can mount a small file system"))
struct FullDiskTests {
  @Test func `a full disk stops an import cleanly, and it goes on once there is room`() throws {
    let shop = try ShopFolder(orders: 4_000)
    let disk = shop.url.appending(path: "disk")
    try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
    func shell(_ command: String) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", command]
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    guard try shell("mount -t tmpfs -o size=3m tmpfs '\(disk.path)' 2>/dev/null") == 0 else {
      print("skipped: no file system can be mounted here")
      return
    }
    defer { _ = try? shell("umount -l '\(disk.path)'") }
    let store = disk.appending(path: "s.orders").path
    #expect(try ToolProcess.run(["--store", store, "init", "--tz", "Asia/Shanghai", "--currency", "CNY"]).status == 0)
    let full = try ToolProcess.run(shop.importArguments(store))
    #expect(full.status == 9, "\(full.output)")
    #expect(full.output.contains("OB4108"), "\(full.output)")
    #expect(try ShopFolder.verify(store).status == 0)
    #expect(try shell("mount -o remount,size=64m '\(disk.path)'") == 0)
    #expect(try ToolProcess.run(shop.importArguments(store)).status == 0)
    let whole = try shop.store("whole.orders")
    try ToolProcess.run(shop.importArguments(whole))
    let (found, expected) = (try ShopFolder.verify(store), try ShopFolder.verify(whole))
    #expect(found.values["content_hash"] == expected.values["content_hash"])
  }
}
