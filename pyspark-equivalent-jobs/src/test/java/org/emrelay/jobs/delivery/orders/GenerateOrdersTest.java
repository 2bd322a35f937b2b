package org.emrelay.jobs.delivery.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.delivery.DeliveryFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class GenerateOrdersTest {
    @TempDir
    private Path directory;

    @Test
    void writesLogsAsTheRealOnesAreWritten() {
        Dataset<Row> logs = logs(generate("orders", "1"));

        assertThat(String.join(",", logs.columns())).isEqualTo(DeliveryFolder.LOG_HEADER);
        assertThat(logs.count()).isEqualTo(2_000);
        assertThat(logs.select("OrderID").distinct().count()).isEqualTo(2_000);
        assertThat(logs.where("OrderDate rlike '^[0-9]{1,2}/[0-9]{1,2}/2[01]$'").count())
                .isEqualTo(2_000);
        assertThat(logs.where("Carrier = 'Shipper'").count()).isBetween(400L, 600L);
        // As in the real log: half a day is lost to the estimate here and there, more than a day with one order in
        // five.
        assertThat(logs.where("ActualShippingDays - ExpectedShippingDays > 2").count())
                .isBetween(200L, 600L);
        assertThat(logs.where("OnTimeDelivery = 'Late'").count()).isBetween(250L, 600L);
    }

    @Test
    void describesEveryProductThatIsOrdered() {
        DeliveryFolder folder = generate("orders", "1");
        Dataset<Row> products = csv(folder, "orders/ProductDescriptions.csv");

        assertThat(products.columns())
                .containsExactly("ComputerBrand", "ComputerModel", "ScreenSize", "PackageWeight", "ProductId");
        assertThat(products.count()).isEqualTo(120);
        assertThat(logs(folder).join(products, "ProductId").count()).isEqualTo(2_000);
    }

    @Test
    void makesTheSameOrdersOfTheSameSeedOnly() {
        List<Row> first = logs(generate("orders", "1")).orderBy("OrderID").collectAsList();

        assertThat(logs(generate("again", "1"), "again").orderBy("OrderID").collectAsList())
                .isEqualTo(first);
        assertThat(logs(generate("other", "2"), "other").orderBy("OrderID").collectAsList())
                .isNotEqualTo(first);
    }

    private DeliveryFolder generate(String name, String seed) {
        DeliveryFolder folder = new DeliveryFolder(directory);
        GenerateOrders.main(new String[] {"--rows", "2000", "--seed", seed, "--output", folder.uri(name)});
        return folder;
    }

    private static Dataset<Row> logs(DeliveryFolder folder) {
        return logs(folder, "orders");
    }

    private static Dataset<Row> logs(DeliveryFolder folder, String name) {
        return csv(folder, name + "/ShippingLogs");
    }

    private static Dataset<Row> csv(DeliveryFolder folder, String name) {
        return LocalSpark.session().read().option("header", "true").csv(folder.uri(name));
    }
}
