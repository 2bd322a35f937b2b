package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class FirehosePriceTest {
    @Test
    void eachRecordIsRoundedUpToFiveKilobytes() {
        assertThat(FirehosePrice.billedBytes(1)).isEqualTo(5_120);
        assertThat(FirehosePrice.billedBytes(5_120)).isEqualTo(5_120);
        assertThat(FirehosePrice.billedBytes(5_121)).isEqualTo(10_240);
    }

    @Test
    void aPriceOfTheRegionGivesTheCost() {
        FirehosePrice price = FirehosePrice.bundled("us-east-1");

        assertThat(price.cost(1_000_000 * FirehosePrice.billedBytes(1_200)))
                .hasValueSatisfying(
                        cost -> assertThat(cost).isBetween(new BigDecimal("0.1382"), new BigDecimal("0.1383")));
        assertThat(price.description()).isEqualTo("bundled prices of 2026-11");
    }

    @Test
    void anUnknownPriceIsNotZero() {
        FirehosePrice price = FirehosePrice.bundled("eu-west-9");

        assertThat(price.perGibibyte()).isEmpty();
        assertThat(price.cost(1)).isEmpty();
        assertThat(price.description()).isEqualTo("no Firehose price for eu-west-9");
    }
}
