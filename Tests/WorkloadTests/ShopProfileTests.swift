import Testing
import Workload

struct ShopProfileTests {
  @Test(arguments: ShopProfile.all)
  func `a profile is found by its name`(profile: ShopProfile) { #expect(ShopProfile(name: profile.name) == profile) }

  @Test func `an unknown name is no profile`() { #expect(ShopProfile(name: "bazaar") == nil) }

  @Test(arguments: ShopProfile.all)
  func `no profile has bad rows unless it is asked for them`(profile: ShopProfile) { #expect(profile.defects == 0) }
}
