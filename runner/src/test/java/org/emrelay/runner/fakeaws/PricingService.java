package org.emrelay.runner.fakeaws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.JsonService;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Service;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.json.JsonWriter;

/** The fake Price List API, with some instance types and the EBS volumes of all regions. */
public final class PricingService {
    private final List<Map<String, String>> products = new ArrayList<>();

    PricingService() {
        addInstanceType("m5.xlarge", "0.192", "0.048");
        addInstanceType("m5.2xlarge", "0.384", "0.096");
        addInstanceType("r5.xlarge", "0.252", "0.063");
        addInstanceType("r5.2xlarge", "0.504", "0.126");
        addInstanceType("c5.2xlarge", "0.34", "0.085");
        addEbs("Storage", "EBS:VolumeUsage.gp2", "GB-Mo", "0.1000000000");
        addEbs("Storage", "EBS:VolumeUsage.gp3", "GB-Mo", "0.0800000000");
        addEbs("System Operation", "EBS:VolumeP-IOPS.gp3", "IOPS-Mo", "0.0050000000");
        addEbs("Provisioned Throughput", "EBS:VolumeP-Throughput.gp3", "GiBps-mo", "40.9600000000");
    }

    /** Adds an instance type, or changes its prices. */
    public void addInstanceType(String type, String ec2, String emr) {
        products.removeIf(product -> type.equals(product.get("instanceType")));
        Map<String, String> instance = new LinkedHashMap<>();
        instance.put("instanceType", type);
        instance.put("operatingSystem", "Linux");
        instance.put("tenancy", "Shared");
        instance.put("preInstalledSw", "NA");
        instance.put("capacitystatus", "Used");
        add("AmazonEC2", "Compute Instance", instance, "Hrs", ec2);
        add(
                "ElasticMapReduce",
                "Elastic Map Reduce Instance",
                Map.of("instanceType", type, "softwareType", "EMR"),
                "Hrs",
                emr);
    }

    private void addEbs(String family, String usageType, String unit, String price) {
        add("AmazonEC2", family, Map.of("usagetype", usageType), unit, price);
    }

    private void add(String service, String family, Map<String, String> attributes, String unit, String price) {
        Map<String, String> product = new LinkedHashMap<>(attributes);
        product.put("servicecode", service);
        product.put("productFamily", family);
        product.put("locationType", "AWS Region");
        product.put("unit", unit);
        product.put("price", price);
        products.add(product);
    }

    Service service() {
        return new JsonService("pricing", List.of("ServiceCode"), new Operations().add("GetProducts", this::find));
    }

    private Fields find(Tree request) {
        String region = filters(request)
                .filter(filter -> filter.text("Field", "").equals("regionCode"))
                .map(filter -> filter.text("Value", ""))
                .findFirst()
                .orElseThrow(() -> new AwsError(400, "InvalidParameterException", "The fake needs a regionCode."));
        List<String> found = products.stream()
                .filter(product -> product.get("servicecode").equals(request.text("ServiceCode", "")))
                .filter(product -> filters(request).allMatch(filter -> matches(filter, product)))
                .map(product -> document(product, region))
                .toList();
        return Fields.of("FormatVersion", "aws_v1").and("PriceList", found);
    }

    private static Stream<Tree> filters(Tree request) {
        return request.trees("Filters").stream();
    }

    private static boolean matches(Tree filter, Map<String, String> product) {
        String field = filter.text("Field", "");
        String value = product.get(field);
        return field.equals("regionCode")
                || switch (filter.text("Type", "")) {
                    case "TERM_MATCH" -> filter.text("Value", "").equals(value);
                    case "ANY_OF" ->
                        Arrays.asList(filter.text("Value", "").split(",", -1)).contains(value);
                    default -> throw new AwsError(400, "InvalidParameterException", "The filter type is invalid.");
                };
    }

    private String document(Map<String, String> product, String region) {
        Map<String, Object> attributes = new LinkedHashMap<>(product);
        List.of("productFamily", "unit", "price").forEach(attributes::remove);
        attributes.put("regionCode", region);
        String sku = "SKU" + products.indexOf(product);
        Map<String, Object> rate = Map.of(
                "unit", product.get("unit"), "beginRange", "0", "pricePerUnit", Map.of("USD", product.get("price")));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "product", Map.of("productFamily", product.get("productFamily"), "attributes", attributes, "sku", sku));
        document.put("serviceCode", product.get("servicecode"));
        document.put(
                "terms",
                Map.of(
                        "OnDemand",
                        Map.of(sku + ".JRTCKXETXF", Map.of("priceDimensions", Map.of(sku + ".JRTCKXETXF.X", rate)))));
        document.put("publicationDate", "2026-11-19T18:05:12Z");
        return JsonWriter.line(document);
    }
}
