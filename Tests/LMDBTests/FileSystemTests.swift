import Testing

@testable import LMDB

struct FileSystemTests {
  @Test func `network file systems are told from local ones`() {
    #expect([0x6969, 0xFF53_4D42, 0x0102_1997].allSatisfy { FileSystem.isRemote(type: $0) })
    // ext4, xfs, btrfs, tmpfs, overlay
    #expect(![0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630].contains { FileSystem.isRemote(type: $0) })
    #expect(!FileSystem.isRemote(at: "/"))
  }
}
