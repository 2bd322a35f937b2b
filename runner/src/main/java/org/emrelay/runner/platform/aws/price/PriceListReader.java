package org.emrelay.runner.platform.aws.price;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.aws.price.PriceKey.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the prices of EC2, EMR and EBS from AWS's price lists: offer files, and the products that the Price List API
 * returns. Offer files have gigabytes, so only products that matter are kept.
 */
public final class PriceListReader {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,12})?");
    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1024);

    /** By usage type, without the prefix of the region. */
    private static final Map<String, PriceKey> EBS = Map.ofEntries(
            ebs("EBS:VolumeUsage", Kind.EBS_STORAGE, "standard"),
            ebs("EBS:VolumeUsage.gp2", Kind.EBS_STORAGE, "gp2"),
            ebs("EBS:VolumeUsage.gp3", Kind.EBS_STORAGE, "gp3"),
            ebs("EBS:VolumeUsage.piops", Kind.EBS_STORAGE, "io1"),
            ebs("EBS:VolumeUsage.io2", Kind.EBS_STORAGE, "io2"),
            ebs("EBS:VolumeUsage.st1", Kind.EBS_STORAGE, "st1"),
            ebs("EBS:VolumeUsage.sc1", Kind.EBS_STORAGE, "sc1"),
            ebs("EBS:VolumeP-IOPS.gp3", Kind.EBS_IOPS, "gp3"),
            ebs("EBS:VolumeP-IOPS.piops", Kind.EBS_IOPS, "io1"),
            ebs("EBS:VolumeP-Throughput.gp3", Kind.EBS_THROUGHPUT, "gp3"));

    private final Map<String, PriceKey> keysBySku = new HashMap<>();
    private final Map<PriceKey, BigDecimal> prices = new LinkedHashMap<>();
    private String publicationDate = "";

    private static Map.Entry<String, PriceKey> ebs(String usageType, Kind kind, String volumeType) {
        return Map.entry(usageType, new PriceKey(kind, volumeType));
    }

    /** The prices of all documents that were read. */
    public Map<PriceKey, BigDecimal> prices() {
        return Map.copyOf(prices);
    }

    /** When AWS published the last document, such as {@code 2026-11-24T20:16:07Z}; empty if unknown. */
    public String publicationDate() {
        return publicationDate;
    }

    /** Reads an offer file, or one product of the API. In both, products come before their prices. */
    public void read(Reader document) throws IOException {
        try (JsonParser json = FACTORY.createParser(document)) {
            json.nextToken();
            forEachField(json, field -> {
                switch (field) {
                    case "product" -> readProduct(json);
                    case "products" -> forEachField(json, sku -> readProduct(json));
                    case "terms" ->
                        forEachField(json, term -> {
                            if (term.equals("OnDemand")) {
                                forEachField(json, offer -> readOffer(json, offer));
                            } else {
                                json.skipChildren();
                            }
                        });
                    case "publicationDate" -> publicationDate = text(json);
                    default -> json.skipChildren();
                }
            });
        }
    }

    /** Handles the value of one field; afterwards the parser is at its end. */
    private interface FieldHandler {
        void handle(String field) throws IOException;
    }

    private static void forEachField(JsonParser json, FieldHandler handler) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            handler.handle(field);
        }
    }

    private static String text(JsonParser json) throws IOException {
        json.skipChildren();
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
    }

    private void readProduct(JsonParser json) throws IOException {
        Map<String, String> product = new HashMap<>();
        forEachField(json, field -> {
            if (field.equals("attributes")) {
                forEachField(json, attribute -> product.put(attribute, text(json)));
            } else {
                product.put(field, text(json));
            }
        });
        keyOf(product).ifPresent(key -> keysBySku.put(product.getOrDefault("sku", ""), key));
    }

    /** What a product is, by its family and attributes; empty if its price does not matter. */
    private static Optional<PriceKey> keyOf(Map<String, String> product) {
        if (!is(product, "locationType", "AWS Region")) {
            return Optional.empty();
        }
        String type = product.getOrDefault("instanceType", "");
        String family = product.getOrDefault("productFamily", "");
        if (family.startsWith("Compute Instance")) {
            boolean onDemandLinux = is(product, "operatingSystem", "Linux")
                    && is(product, "tenancy", "Shared")
                    && is(product, "preInstalledSw", "NA")
                    && is(product, "capacitystatus", "Used")
                    && product.getOrDefault("marketoption", "OnDemand").equals("OnDemand");
            return onDemandLinux ? Optional.of(new PriceKey(Kind.EC2, type)) : Optional.empty();
        } else if (family.equals("Elastic Map Reduce Instance")) {
            return is(product, "softwareType", "EMR") ? Optional.of(new PriceKey(Kind.EMR, type)) : Optional.empty();
        }
        return Optional.ofNullable(
                EBS.get(product.getOrDefault("usagetype", "").replaceFirst("^[A-Z0-9]+-(?=EBS:)", "")));
    }

    private static boolean is(Map<String, String> product, String attribute, String value) {
        return value.equals(product.get(attribute));
    }

    /** An offer file has the offers by SKU and then by term, the API only by both: {@code SKU.TERM}. */
    private void readOffer(JsonParser json, String name) throws IOException {
        int dot = name.indexOf('.');
        PriceKey key = keysBySku.get(dot < 0 ? name : name.substring(0, dot));
        if (key == null) {
            json.skipChildren();
        } else if (dot < 0) {
            forEachField(json, term -> readTerm(json, key));
        } else {
            readTerm(json, key);
        }
    }

    private void readTerm(JsonParser json, PriceKey key) throws IOException {
        forEachField(json, field -> {
            if (field.equals("priceDimensions")) {
                forEachField(json, rate -> readRate(json, key));
            } else {
                json.skipChildren();
            }
        });
    }

    private void readRate(JsonParser json, PriceKey key) throws IOException {
        Map<String, String> rate = new HashMap<>();
        forEachField(json, field -> {
            if (field.equals("pricePerUnit")) {
                forEachField(json, currency -> rate.put(currency, text(json)));
            } else {
                rate.put(field, text(json));
            }
        });
        if (rate.getOrDefault("beginRange", "0").equals("0")) {
            amount(key.kind(), rate.getOrDefault("unit", ""), rate.get("USD"))
                    .ifPresent(amount -> prices.put(key, amount));
        }
    }

    /** The price in the unit of its kind. A price of zero is one that AWS does not charge this way, so unknown. */
    private static Optional<BigDecimal> amount(Kind kind, String unit, @Nullable String dollars) {
        if (dollars == null || !AMOUNT.matcher(dollars).matches()) {
            return Optional.empty();
        }
        BigDecimal amount = new BigDecimal(dollars);
        String normalized = unit.toLowerCase(Locale.ROOT).replaceFirst("month$", "mo");
        Optional<BigDecimal> converted = switch (kind) {
            case EC2, EMR -> normalized.equals("hrs") ? Optional.of(amount) : Optional.empty();
            case EBS_STORAGE -> normalized.equals("gb-mo") ? Optional.of(amount) : Optional.empty();
            case EBS_IOPS -> normalized.equals("iops-mo") ? Optional.of(amount) : Optional.empty();
            case EBS_THROUGHPUT ->
                switch (normalized) {
                    case "mibps-mo" -> Optional.of(amount);
                    case "gibps-mo" -> Optional.of(amount.divide(MIB_PER_GIB, MathContext.DECIMAL64));
                    default -> Optional.empty();
                };
        };
        return converted.filter(price -> price.signum() > 0);
    }
}
