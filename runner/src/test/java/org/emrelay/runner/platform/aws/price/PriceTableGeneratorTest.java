package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.price.PriceKey.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** With {@code -Dprice.offers=DIR}, rewrites the bundled price tables from the offer files in the directory. */
final class PriceTableGeneratorTest {
    private static final Path OFFERS = Path.of("src/test/resources/prices");
    private static final Path TABLES = Path.of("src/main/resources")
            .resolve(PriceTable.class.getPackageName().replace('.', '/'));

    @Test
    void keepsTheOnDemandPricesOfLinuxInstancesThatEmrOffersAndOfEbs() throws IOException {
        String table = new PriceTableGenerator(OFFERS, "eu-west-1").generate();

        assertThat(table).isEqualTo("""
                # On-demand prices in US dollars, for Linux and shared tenancy.
                #   ec2, emr         an instance type, per instance and hour. EMR's price is the same for spot instances.
                #   ebs-storage      a volume type, per GiB and month
                #   ebs-iops         per IOPS and month; of gp3 volumes, above 3,000
                #   ebs-throughput   per MiB/s and month; of gp3 volumes, above 125
                # Sources: https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/eu-west-1/index.json of 2026-11-24T20:16:07Z and https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/ElasticMapReduce/current/eu-west-1/index.json of 2026-11-19T18:05:12Z. As of:
                2026-11-24
                ec2,m5.xlarge,0.214
                emr,m5.xlarge,0.048
                ebs-storage,gp3,0.088
                ebs-storage,io1,0.138
                ebs-storage,standard,0.055
                ebs-iops,gp3,0.0055
                ebs-throughput,gp3,0.044
                """);
    }

    /** The API returns each product as a document of its own. */
    @Test
    void readsTheProductsOfThePriceListApiToo() throws IOException {
        PriceListReader reader = new PriceListReader();

        reader.read(new StringReader("""
                {"product":{"productFamily":"Elastic Map Reduce Instance","attributes":{"regionCode":"eu-west-1",
                "locationType":"AWS Region","instanceType":"r5.xlarge","softwareType":"EMR"},"sku":"ABC"},
                "serviceCode":"ElasticMapReduce","terms":{"OnDemand":{"ABC.JRTCKXETXF":{"priceDimensions":
                {"ABC.JRTCKXETXF.6YS6EN2CT7":{"unit":"Hrs","endRange":"Inf","beginRange":"0",
                "pricePerUnit":{"USD":"0.0630000000"}}},"sku":"ABC","termAttributes":{}}}},
                "version":"20261119180512","publicationDate":"2026-11-19T18:05:12Z"}
                """));

        assertThat(reader.prices())
                .isEqualTo(Map.of(new PriceKey(Kind.EMR, "r5.xlarge"), new BigDecimal("0.0630000000")));
    }

    @Test
    @EnabledIfSystemProperty(named = "price.offers", matches = ".+")
    void rewritesTheBundledTables() throws IOException {
        Path offers = Path.of(System.getProperty("price.offers"));
        List<String> regions;
        try (Stream<Path> files = Files.list(offers)) {
            regions = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("AmazonEC2-[a-z0-9-]+\\.json"))
                    .map(name -> name.substring("AmazonEC2-".length(), name.length() - ".json".length()))
                    .toList();
        }
        assertThat(regions).isNotEmpty();
        for (String region : regions) {
            String table = new PriceTableGenerator(offers, region).generate();
            assertThat(table).contains("\nec2,m5.xlarge,", "\nemr,m5.xlarge,", "\nebs-storage,gp3,");
            Files.writeString(TABLES.resolve(region + ".csv"), table);
        }
    }
}
