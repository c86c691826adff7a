import KPIs
import Testing

struct KPICatalogueTests {
  @Test(arguments: ["K10:scor", "k10.scor", "on_time_delivery.scor", "on-time-delivery:SCOR", "On_Time_Delivery:scor"])
  func `a figure is found by id or slug, with colon or dot, in any case`(name: String) throws {
    #expect(try KPICatalogue.kpi(named: name).definition.name == "K10:scor")
  }

  @Test(arguments: KPICatalogue.all.map(\.definition))
  func `every figure is found by its name and by its name in the language`(definition: Definition) throws {
    #expect(try KPICatalogue.kpi(named: definition.name).definition == definition)
    if !definition.variant.isEmpty {
      let name = "\(definition.slug).\(definition.variant.replacing("-", with: "_"))"
      #expect(try KPICatalogue.kpi(named: name).definition == definition)
    }
  }

  @Test(arguments: ["K08", "K10", "K12", "K27", "K28", "K30", "K31", "K32", "K37", "K39", "K40", "K42", "K44", "K50"])
  func `a bare name with several meanings is refused with its variants`(id: String) throws {
    let family = try #require(KPICatalogue.families.first { $0.id == id })
    #expect(throws: KPIError.ambiguous(id: id, variants: family.variantNames)) { try KPICatalogue.kpi(named: id) }
    #expect(throws: KPIError.ambiguous(id: id, variants: family.variantNames)) {
      try KPICatalogue.kpi(named: family.slug)
    }
  }

  @Test(arguments: [
    ("K01", "K01:all"), ("K02", "K02:any"), ("k06", "K06"), ("K07", "K07:gross"), ("K14", "K14"),
    ("K25", "K25:orders"), ("average_order", "K43:value"), ("order_accuracy", "K17"),
  ])
  func `any other bare name means its first variant`(name: String, expected: String) throws {
    #expect(try KPICatalogue.kpi(named: name).definition.name == expected)
  }

  @Test func `a window may have any number of days`() throws {
    #expect(try KPICatalogue.kpi(named: "K37:window-30").definition.name == "K37:window-30")
    #expect(try KPICatalogue.kpi(named: "repeat_rate.window_365").definition.name == "K37:window-365")
    let variants = ["ever", "in-period", "returning", "prior", "lifetime", "order-share", "interval", "window-W"]
    #expect(throws: KPIError.unknownVariant(id: "K37", variant: "window-0", variants: variants)) {
      try KPICatalogue.kpi(named: "K37:window-0")
    }
  }

  @Test func `an unknown name gets the nearest ones`() {
    #expect(throws: KPIError.unknown(name: "on_time_delivrey", suggestions: ["on_time_delivery"])) {
      try KPICatalogue.kpi(named: "on_time_delivrey")
    }
    #expect(throws: KPIError.unknown(name: "repeat", suggestions: ["repeat_rate"])) {
      try KPICatalogue.kpi(named: "repeat")
    }
    for name in ["", ":", "zzzzzzzz", ".scor"] {
      #expect(throws: KPIError.unknown(name: name, suggestions: [])) { try KPICatalogue.kpi(named: name) }
    }
  }

  @Test func `an unknown variant is refused with those there are`() {
    #expect(throws: KPIError.unknownVariant(id: "K07", variant: "other", variants: ["gross", "net"])) {
      try KPICatalogue.kpi(named: "K07:other")
    }
    #expect(throws: KPIError.unknownVariant(id: "K14", variant: "legs", variants: [])) {
      try KPICatalogue.kpi(named: "K14:legs")
    }
    #expect(throws: KPIError.unknownVariant(id: "K10", variant: "", variants: ["scor", "commit", "commit-strict"])) {
      try KPICatalogue.kpi(named: "K10:")
    }
  }

  @Test func `names are unique, and the families are there in the order of ids`() {
    let names = KPICatalogue.all.map(\.definition.name)
    #expect(Set(names).count == names.count)
    #expect(
      KPICatalogue.families.map(\.id) == [
        "K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K09", "K10", "K11", "K12", "K13", "K14", "K15", "K16",
        "K17", "K18", "K19", "K20", "K21", "K22", "K23", "K24", "K25", "K26", "K27", "K28", "K29", "K30", "K31", "K32",
        "K33", "K34", "K35", "K36", "K37", "K38", "K39", "K40", "K41", "K42", "K43", "K44", "K45", "K50",
      ])
  }

  @Test func `a refusal says what to do`() {
    #expect(
      KPIError.ambiguous(id: "K10", variants: ["scor", "commit"]).description
        == "K10 has several meanings; choose one of K10:scor, K10:commit")
    #expect(KPIError.unknown(name: "x", suggestions: []).description == "no key figure 'x'; list them with --all")
  }
}
