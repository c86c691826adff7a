import KPIs
import Testing

struct ForecastMethodTests {
  @Test(arguments: ["ma-4", "ses-30", "holt-30-10", "snaive-52", "ma-1000", "ses-100"])
  func `a name with numbers is read as it is written`(name: String) {
    #expect(ForecastMethod(name: name)?.name == name)
  }

  @Test(arguments: [
    "ma", "ma-0", "ma-1001", "ma-x", "ses-0", "ses-101", "holt-30", "holt-30-10-1", "snaive--1", "", "-",
  ])
  func `other names are no method`(name: String) { #expect(ForecastMethod(name: name) == nil) }

  @Test func `the catalogue takes any numbers`() throws {
    #expect(try KPICatalogue.kpi(named: "K50:ma-12").definition.name == "K50:ma-12")
    #expect(try KPICatalogue.kpi(named: "demand_forecast.holt_20_5").definition.name == "K50:holt-20-5")
    let variants = ["ma", "ses", "holt", "snaive", "ma-N", "ses-A", "holt-A-B", "snaive-M"]
    #expect(throws: KPIError.ambiguous(id: "K50", variants: variants)) { try KPICatalogue.kpi(named: "K50") }
    #expect(throws: KPIError.unknownVariant(id: "K50", variant: "ses-0", variants: variants)) {
      try KPICatalogue.kpi(named: "K50:ses-0")
    }
  }
}
