package org.emrelay.jobs.delivery.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.delivery.DeliveryFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class GenerateOrdersTest {
    @TempDir
    private Path directory;

    @Test
    void writesLogsInTheFormatOfTheRealOnes() {
        Dataset<Row> logs = logs(generate("orders", "1"));

        assertThat(String.join(",", logs.columns())).isEqualTo(DeliveryFixture.LOG_HEADER);
        assertThat(logs.count()).isEqualTo(2_000);
        assertThat(logs.select("OrderID").distinct().count()).isEqualTo(2_000);
        assertThat(logs.where("OrderDate rlike '^[0-9]{1,2}/[0-9]{1,2}/2[01]$'").count())
                .isEqualTo(2_000);
        assertThat(logs.where("Carrier = 'Shipper'").count()).isBetween(400L, 600L);
        // As in the real log, a minority of orders is several days late.
        assertThat(logs.where("ActualShippingDays - ExpectedShippingDays > 2").count())
                .isBetween(200L, 600L);
        assertThat(logs.where("OnTimeDelivery = 'Late'").count()).isBetween(250L, 600L);
    }

    @Test
    void describesEveryOrderedProduct() {
        DeliveryFixture fixture = generate("orders", "1");
        Dataset<Row> products = csv(fixture, "orders/ProductDescriptions.csv");

        assertThat(products.columns())
                .containsExactly("ComputerBrand", "ComputerModel", "ScreenSize", "PackageWeight", "ProductId");
        assertThat(products.count()).isEqualTo(120);
        assertThat(logs(fixture).join(products, "ProductId").count()).isEqualTo(2_000);
    }

    @Test
    void ordersAreEqualOnlyForEqualSeeds() {
        List<Row> first = logs(generate("orders", "1")).orderBy("OrderID").collectAsList();

        assertThat(logs(generate("again", "1"), "again").orderBy("OrderID").collectAsList())
                .isEqualTo(first);
        assertThat(logs(generate("other", "2"), "other").orderBy("OrderID").collectAsList())
                .isNotEqualTo(first);
    }

    private DeliveryFixture generate(String name, String seed) {
        DeliveryFixture fixture = new DeliveryFixture(directory);
        GenerateOrders.main(new String[] {"--rows", "2000", "--seed", seed, "--output", fixture.uri(name)});
        return fixture;
    }

    private static Dataset<Row> logs(DeliveryFixture fixture) {
        return logs(fixture, "orders");
    }

    private static Dataset<Row> logs(DeliveryFixture fixture, String name) {
        return csv(fixture, name + "/ShippingLogs");
    }

    private static Dataset<Row> csv(DeliveryFixture fixture, String name) {
        return LocalSpark.session().read().option("header", "true").csv(fixture.uri(name));
    }
}
