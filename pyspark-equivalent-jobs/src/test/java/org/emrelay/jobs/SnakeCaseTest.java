package org.emrelay.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnakeCaseTest {
    @ParameterizedTest
    @CsvSource({
        "OrderID, order_id",
        "orderId, order_id",
        "order_id, order_id",
        "ORDER_ID, order_id",
        "XShippingDistance, x_shipping_distance",
        "InBulkOrder, in_bulk_order",
        "Order Date, order_date",
        "URLPath2Go, url_path2_go",
        "(weight), weight"
    })
    void convertsNamesToSnakeCase(String original, String expected) {
        assertThat(SnakeCase.of(original)).isEqualTo(expected);
    }
}
