package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emrelay.runner.profile.Spread;
import org.junit.jupiter.api.Test;

final class LogarithmicHistogramTest {
    @Property(tries = 2_000)
    void quantilesAreWithinTwoPercent(@ForAll("values") List<Long> values) {
        LogarithmicHistogram histogram = new LogarithmicHistogram();
        values.forEach(histogram::add);
        List<Long> sorted = values.stream().sorted().toList();

        Spread spread = histogram.spread();

        assertNear(spread.median(), sorted.get(sorted.size() / 2));
        assertNear(spread.percentile95(), sorted.get((int) (0.95 * sorted.size())));
        assertThat(spread.median()).isLessThanOrEqualTo(spread.percentile95());
        assertThat(spread.percentile95()).isLessThanOrEqualTo(spread.max());
        assertThat(spread.max()).isEqualTo(sorted.get(sorted.size() - 1));
    }

    private static void assertNear(long actual, long expected) {
        assertThat((double) actual).isCloseTo((double) expected, within(0.02 * expected));
    }

    @Provide
    Arbitrary<List<Long>> values() {
        Arbitrary<Long> any = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<Long> small = Arbitraries.longs().between(0, 200);
        Arbitrary<Long> similar = Arbitraries.longs().between(50_000, 60_000);
        return Arbitraries.oneOf(any, small, similar).list().ofMinSize(1).ofMaxSize(300);
    }

    @Test
    void isEmptyWithoutValues() {
        assertThat(new LogarithmicHistogram().spread()).isEqualTo(Spread.NONE);
    }

    @Test
    void keepsSmallNumbersExact() {
        for (long value = 0; value <= 49; value++) {
            LogarithmicHistogram histogram = new LogarithmicHistogram();
            histogram.add(value);
            histogram.add(value);

            assertThat(histogram.spread()).isEqualTo(new Spread(value, value, value));
        }
    }
}
