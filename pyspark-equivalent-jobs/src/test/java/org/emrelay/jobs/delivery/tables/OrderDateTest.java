package org.emrelay.jobs.delivery.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderDateTest {
    @ParameterizedTest
    @ValueSource(strings = {"9/1/20", "09/01/20", "9/01/2020", " 9/1/20 ", "2020-09-01"})
    void parsesUsAndIsoDates(String text) {
        assertThat(OrderDate.parse(text)).isEqualTo(LocalDate.of(2020, 9, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "13/1/20", "2/30/21", "9/1", "9/1/020", "9-1-20", "2020-13-01"})
    void returnsNullForOtherText(String text) {
        assertThat(OrderDate.parse(text)).isNull();
    }

    @Test
    void returnsNullForNull() {
        assertThat(OrderDate.parse(null)).isNull();
    }
}
