package org.emrelay.runner.platform.aws.pricelist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.aws.price.PriceKey;
import org.emrelay.runner.platform.aws.price.PriceKey.Kind;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.aws.price.PriceTable.Source;
import org.emrelay.runner.platform.aws.pricelist.CurrentPrices.PriceList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CurrentPricesTest {
    private static final Instant FIRST = Instant.parse("2026-11-21T03:45:12Z");

    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private Instant now = FIRST;
    private PriceList list = this::answer;
    private CurrentPrices prices;

    @BeforeEach
    void setUp() {
        prices = nextCommand();
    }

    private CurrentPrices nextCommand() {
        return new CurrentPrices(
                "us-east-1",
                types -> {
                    asked.add(String.join(" ", types));
                    return list.get(types);
                },
                Optional.of(new PriceCache(directory.resolve("emrelay"))),
                Clock.fixed(now, ZoneOffset.UTC),
                failure -> failures.add(String.valueOf(failure.getMessage())));
    }

    /** AWS knows all types of the family m5, at a dollar. */
    private Map<PriceKey, BigDecimal> answer(Collection<String> types) {
        Map<PriceKey, BigDecimal> answer = new LinkedHashMap<>();
        for (String type : types) {
            if (type.startsWith("m5.")) {
                answer.put(new PriceKey(Kind.EC2, type), BigDecimal.ONE);
                answer.put(new PriceKey(Kind.EMR, type), new BigDecimal("0.25"));
            }
        }
        answer.put(new PriceKey(Kind.EBS_STORAGE, "gp3"), new BigDecimal("0.09"));
        return answer;
    }

    private Path file() {
        return directory.resolve("emrelay/prices-us-east-1.csv");
    }

    @Test
    void asksOnceInThirtyDays() {
        PriceTable first = prices.of(List.of("m5.xlarge"));
        prices.of(List.of("m5.xlarge"));
        now = FIRST.plus(Duration.ofDays(29));
        PriceTable cached = nextCommand().of(List.of("m5.xlarge"));

        assertThat(asked).containsExactly("m5.xlarge");
        assertThat(first.description()).isEqualTo("AWS Price List API of 2026-11-21");
        assertThat(cached.description()).isEqualTo("AWS Price List API of 2026-11-21");
        assertThat(cached.price("m5.xlarge")).isPresent();
        assertThat(file()).hasContent("""
                fetched,2026-11-21T03:45:12Z
                asked,m5.xlarge
                ec2,m5.xlarge,1
                emr,m5.xlarge,0.25
                ebs-storage,gp3,0.09
                """);

        now = FIRST.plus(Duration.ofDays(30));
        assertThat(nextCommand().of(List.of("m5.xlarge")).date()).isEqualTo("2026-12-21");
        assertThat(asked).hasSize(2);
    }

    /** The age counts from the first answer, and a type that AWS does not sell is not asked for again. */
    @Test
    void asksOnlyForTypesThatItWasNotAskedFor() {
        prices.of(List.of("m5.xlarge", "m9.xlarge"));
        now = FIRST.plus(Duration.ofDays(20));
        CurrentPrices later = nextCommand();
        PriceTable table = later.of(List.of("m5.2xlarge", "m9.xlarge"));
        later.of(List.of("m5.xlarge", "m5.2xlarge", "m9.xlarge"));

        assertThat(asked).containsExactly("m5.xlarge m9.xlarge", "m5.2xlarge");
        assertThat(table.price("m9.xlarge")).isEmpty();
        assertThat(table.date()).isEqualTo("2026-11-21");
        now = FIRST.plus(Duration.ofDays(31));
        nextCommand().of(List.of("m5.2xlarge"));
        assertThat(asked).hasSize(3);
    }

    @Test
    void usesTheBundledTableAfterAFailureAndAsksOnce() {
        list = types -> {
            throw new IOException("no route to host");
        };

        PriceTable table = prices.of(List.of("m5.xlarge"));
        prices.of(List.of("r5.xlarge"));

        assertThat(table.source()).isEqualTo(Source.BUNDLED);
        assertThat(asked).hasSize(1);
        assertThat(failures).containsExactly("no route to host");
        assertThat(file()).doesNotExist();
    }

    @Test
    void keepsWhatIsCachedAfterAFailure() {
        prices.of(List.of("m5.xlarge"));
        list = types -> {
            throw new IOException("no route to host");
        };

        PriceTable table = nextCommand().of(List.of("m5.xlarge", "m5.2xlarge"));

        assertThat(table.source()).isEqualTo(Source.PRICE_LIST_API);
        assertThat(table.price("m5.xlarge")).isPresent();
        assertThat(table.price("m5.2xlarge")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "fetched,2026-11-21T03:45:12Z\nasked,m5.xlarge\nec2,m5.xlarge,0.19",
                "asked,m5.xlarge\nec2,m5.xlarge,0.192\n",
                "fetched,yesterday\nec2,m5.xlarge,0.192\n",
                "fetched,2026-11-21T03:45:13Z\nasked,m5.xlarge\nec2,m5.xlarge,0.192\n",
                "fetched,2026-11-21T03:45:12Z\nasked,m5.xlarge\nec2,m5.xlarge,-5\n",
                "fetched,2026-11-21T03:45:12Z\nasked,m5.xlarge\nec2,m5.xlarge,1e99\n",
                "fetched,2026-11-21T03:45:12Z\nasked,m5.xlarge\nec2,\u001b[31m,1\n"
            })
    void ignoresACacheFileThatIsTornOrWrong(String content) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), content);

        assertThat(prices.of(List.of("m5.xlarge"))
                        .price("m5.xlarge")
                        .orElseThrow()
                        .onDemand())
                .isEqualByComparingTo("1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void ignoresACacheFileThatIsTooLargeOrALink() throws IOException {
        String valid = "fetched,2026-11-21T03:45:12Z\nasked,m5.xlarge\nec2,m5.xlarge,0.192\n";
        Files.createDirectories(file().getParent());
        Files.writeString(directory.resolve("elsewhere"), valid);
        Files.createSymbolicLink(file(), directory.resolve("elsewhere"));
        prices.of(List.of("m5.xlarge"));
        assertThat(asked).hasSize(1);

        Files.delete(file());
        Files.writeString(file(), valid + "ec2,m5.xlarge,0.192\n".repeat(60_000));
        nextCommand().of(List.of("m5.xlarge"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void worksWithoutAWritableCache() throws IOException {
        Files.writeString(directory.resolve("emrelay"), "a file where the directory should be");

        assertThat(prices.of(List.of("m5.xlarge")).source()).isEqualTo(Source.PRICE_LIST_API);
        assertThat(failures).isEmpty();
    }
}
