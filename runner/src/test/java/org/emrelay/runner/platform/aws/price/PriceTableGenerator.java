package org.emrelay.runner.platform.aws.price;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.platform.aws.price.PriceKey.Kind;

/**
 * Makes a bundled price table from the offer files of a region.
 *
 * @param directory with {@code AmazonEC2-REGION.json} and {@code ElasticMapReduce-REGION.json}
 */
record PriceTableGenerator(Path directory, String region) {
    private static final String URL = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/";

    String generate() throws IOException {
        PriceListReader ec2 = read("AmazonEC2");
        PriceListReader emr = read("ElasticMapReduce");
        Map<PriceKey, BigDecimal> prices = new TreeMap<>(emr.prices());
        ec2.prices().forEach((key, price) -> {
            boolean isOfEmr = key.kind() != Kind.EC2 || emr.prices().containsKey(new PriceKey(Kind.EMR, key.name()));
            if (isOfEmr) {
                prices.put(key, price);
            }
        });
        return """
                # On-demand prices in US dollars, for Linux and shared tenancy.
                #   ec2, emr         an instance type, per instance and hour. EMR's price is the same for spot instances.
                #   ebs-storage      a volume type, per GiB and month
                #   ebs-iops         per IOPS and month; of gp3 volumes, above 3,000
                #   ebs-throughput   per MiB/s and month; of gp3 volumes, above 125
                # Sources: %s and %s. As of:
                %s
                %s""".formatted(
                        source("AmazonEC2", ec2),
                        source("ElasticMapReduce", emr),
                        ec2.publicationDate().substring(0, "2026-11-24".length()),
                        PriceLines.write(prices));
    }

    private String source(String service, PriceListReader offer) {
        return URL + service + "/current/" + region + "/index.json of " + offer.publicationDate();
    }

    private PriceListReader read(String service) throws IOException {
        PriceListReader reader = new PriceListReader();
        try (BufferedReader offer = Files.newBufferedReader(directory.resolve(service + "-" + region + ".json"))) {
            reader.read(offer);
        }
        return reader;
    }
}
