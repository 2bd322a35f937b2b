package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.platform.aws.price.PriceKey.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PriceTableTest {
    private static final PriceTable TABLE = PriceTable.bundled("us-east-1");

    @Test
    void coversTheClusterFilesOfThisRepository() throws IOException {
        List<Path> files;
        try (Stream<Path> root = Files.list(Path.of(".."))) {
            files = root.filter(file -> file.getFileName().toString().matches("cluster-.*\\.json"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        for (Path file : files) {
            Cluster cluster =
                    ClusterFileReader.read(file, file.toString()).usable().orElseThrow();
            PriceRange cost = new CostEstimate(cluster, TABLE, Map.of()).onDemand();
            assertThat(cost.unknownTypes()).as(file.toString()).isEmpty();
            assertThat(cost.min()).isPositive();
        }
    }

    /** Prices per month are easier to check: 720 hours. */
    @ParameterizedTest
    @CsvSource({
        "gp2,100,,,1,10.00",
        "gp3,100,,,1,8.00",
        "gp3,100,3000,125,1,8.00",
        "gp3,100,4000,,1,13.00",
        "gp3,100,,225,1,12.00",
        "gp3,100,4000,225,2,34.00",
        "io1,100,200,,1,25.50",
        "st1,500,,,2,45.00",
        "standard,100,,,1,5.00"
    })
    void chargesVolumesForStorageAndForWhatIsProvisionedBeyondTheBaseline(
            String type,
            int gibibytes,
            @Nullable Integer iops,
            @Nullable Integer throughput,
            int count,
            BigDecimal perMonth) {
        BigDecimal perHour = TABLE.price(new Volume(type, gibibytes, iops, throughput, count))
                .orElseThrow();

        assertThat(perHour.multiply(BigDecimal.valueOf(720))).isCloseTo(perMonth, within(new BigDecimal("0.000001")));
    }

    @Test
    void knowsNoPriceOfAVolumeWithAnUnknownPart() {
        PriceTable onlyStorage = new PriceTable(
                "eu-west-1",
                PriceTable.Source.BUNDLED,
                "2026-11",
                Map.of(new PriceKey(Kind.EBS_STORAGE, "gp3"), new BigDecimal("0.088")));

        assertThat(onlyStorage.price(new Volume("gp3", 100, 3000, 125, 1))).isPresent();
        assertThat(onlyStorage.price(new Volume("gp3", 100, 3001, 125, 1))).isEmpty();
        assertThat(onlyStorage.price(new Volume("gp3", 100, 3000, 126, 1))).isEmpty();
        assertThat(onlyStorage.price(new Volume("sc1", 125, null, null, 1))).isEmpty();
    }

    /** A cluster with any unknown part must not look cheaper than it is. */
    @Test
    void countsNothingOfAnInstanceWithAnUnknownPartAndNamesIt() {
        InstancePrices prices = new InstancePrices(TABLE, Map.of());
        Volume sc1 = new Volume("sc1", 500, null, null, 1);

        assertThat(prices.instance(new EmrNodeType("m5.xlarge", List.of(sc1)), false))
                .isEqualTo(new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, Set.of("EBS sc1")));
        assertThat(prices.instance(new EmrNodeType("m5a.xlarge", List.of(new Volume("gp2", 32, null, null, 1))), false))
                .isEqualTo(new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, Set.of("m5a.xlarge")));
    }

    @Test
    void writesPricesInOrderAndReadsThemBack() {
        Map<PriceKey, BigDecimal> prices = Map.of(
                new PriceKey(Kind.EMR, "m5.xlarge"), new BigDecimal("0.0480000000"),
                new PriceKey(Kind.EC2, "m5.xlarge"), new BigDecimal("0.1920000000"),
                new PriceKey(Kind.EBS_THROUGHPUT, "gp3"), new BigDecimal("0.04"),
                new PriceKey(Kind.EC2, "c5.metal"), BigDecimal.TEN);

        String text = PriceLines.write(prices);

        assertThat(text).isEqualTo("""
                ec2,c5.metal,10
                ec2,m5.xlarge,0.192
                emr,m5.xlarge,0.048
                ebs-throughput,gp3,0.04
                """);
        assertThat(PriceLines.read(text.lines().toList()).orElseThrow()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec2,m5.xlarge",
                "ec2,m5.xlarge,",
                "ec2,m5.xlarge,-1",
                "ec2,m5.xlarge,1e9",
                "ec2,m5.xlarge,12345678",
                "ec2,../../etc/passwd,1",
                "ec2,m5.xlarge\u001b[2J,1",
                "rds,m5.xlarge,1",
                ""
            })
    void readsNoMalformedPrices(String line) {
        assertThat(PriceLines.read(List.of("ec2,m5.large,1", line))).isEqualTo(Optional.empty());
    }
}
