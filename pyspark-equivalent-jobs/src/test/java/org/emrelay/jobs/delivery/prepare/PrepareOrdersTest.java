package org.emrelay.jobs.delivery.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.delivery.DeliveryFixture;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class PrepareOrdersTest {
    private static final String FIRST = "11,11,Shipper,100,-44,Bulk Order,Atlanta,9/1/20,o1,Express,On Time,p1";
    private static final String SECOND = "15,14,Shipper,18,-154,Single Order,Seattle,9/2/20,o2,Ground,Late,p2";

    @TempDir
    private Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(directory);
    }

    @Test
    void joinsOrdersWithProductsAndRenamesColumnsToSnakeCase() {
        prepare(FIRST, SECOND);

        Row order = fixture.parquet("prepared/training").first();
        assertThat(fixture.parquet("prepared/training").columns())
                .containsExactlyInAnyOrder(
                        "order_id",
                        "product_id",
                        "carrier",
                        "shipping_origin",
                        "shipping_priority",
                        "in_bulk_order",
                        "order_date",
                        "expected_shipping_days",
                        "x_shipping_distance",
                        "y_shipping_distance",
                        "actual_shipping_days",
                        "on_time_delivery",
                        "computer_brand",
                        "computer_model",
                        "screen_size",
                        "package_weight");
        assertThat(order.<Object>getAs("order_id")).isEqualTo("o1");
        assertThat(order.<Object>getAs("order_date")).hasToString("2020-09-01");
        assertThat(order.<Object>getAs("x_shipping_distance")).isEqualTo(-44.0);
        assertThat(order.<Object>getAs("computer_brand")).isEqualTo("Bell");
        assertThat(order.<Object>getAs("package_weight")).isEqualTo(4.2);
    }

    @Test
    void neverPutsOrdersOfOneDayOnBothSides() {
        String[] lines = new String[20];
        for (int order = 0; order < lines.length; order++) {
            // Orders 5 to 14 are of day 3, which spans 25 % to 75 % of the orders.
            int day = order < 2 ? 1 : order < 5 ? 2 : order < 15 ? 3 : 4;
            lines[order] = FIRST.replace("o1", "o" + order).replace("9/1/20", "9/" + day + "/20");
        }
        fixture.log(lines).prepare("logs.csv", "products.csv", "--training-fraction", "0.7");

        assertThat(fixture.parquet("prepared/training").count()).isEqualTo(5);
        assertThat(fixture.parquet("prepared/validation").count()).isEqualTo(15);
        assertThat(fixture.read("prepared/report.json")).contains("\"cutoff\" : \"2020-09-03\"");
    }

    @Test
    void leavesAtLeastOneDayOnEachSide() {
        fixture.log(FIRST, SECOND).prepare("logs.csv", "products.csv", "--training-fraction", "0.01");

        assertThat(fixture.parquet("prepared/training").count()).isEqualTo(1);
        assertThat(fixture.parquet("prepared/validation").count()).isEqualTo(1);
    }

    @Test
    void countsOrdersByProblemAndQuirk() {
        prepare(
                FIRST,
                SECOND,
                FIRST.replace("9/1/20", "31/31/20"),
                FIRST.replace("9/1/20", ""),
                FIRST.replace("11,11,", "11,-1,"),
                FIRST.replace("11,11,", ",11,"),
                FIRST.replace("11,11,", "-3,11,"),
                FIRST.replace("100,-44", "far,-44"),
                SECOND.replace("p2", "unknown"),
                FIRST.replace("o1", ""));

        assertThat(fixture.read("prepared/report.json")).isEqualTo("""
                {
                  "rows" : 10,
                  "usable" : 3,
                  "left_out" : {
                    "invalid OrderDate (expected M/D/YY)" : 2,
                    "missing OrderID" : 1,
                    "negative actual days" : 1,
                    "negative estimate" : 1,
                    "non-numeric distance" : 1,
                    "not delivered yet" : 1
                  },
                  "without_product_description" : 1,
                  "negative_coordinates" : 3,
                  "first_date" : "2020-09-01",
                  "cutoff" : "2020-09-02",
                  "last_date" : "2020-09-02",
                  "training" : 1,
                  "validation" : 2
                }
                """);
    }

    @Test
    void usesOneDescriptionPerProduct() {
        fixture.log(FIRST, SECOND);
        fixture.write("products.csv", DeliveryFixture.PRODUCTS + "Bell,Base,10.1,9.9,p1\n");
        fixture.prepare("logs.csv", "products.csv");

        assertThat(fixture.parquet("prepared/training").count()).isEqualTo(1);
        assertThat(fixture.parquet("prepared/training").first().<Object>getAs("package_weight"))
                .isEqualTo(4.2);
    }

    @Test
    void rejectsALogOfOneDay() {
        assertFault(
                "--shipping-logs: all 2 usable orders of " + fixture.uri("logs.csv")
                        + " are of one day, 2020-09-01. A split by date needs at least two days.",
                FIRST,
                FIRST.replace("o1", "o3"));
    }

    @Test
    void rejectsALogWithoutUsableOrdersAndListsTheProblems() {
        assertFault(
                "--shipping-logs: " + fixture.uri("logs.csv")
                        + " has no usable orders. Left out: 2 with invalid OrderDate (expected M/D/YY), 1 not delivered yet.",
                FIRST.replace("9/1/20", "soon"),
                SECOND.replace("9/2/20", "later"),
                FIRST.replace("11,11,", ",11,"));
    }

    @Test
    void reportsAMissingColumn() {
        fixture.log(FIRST, SECOND);
        fixture.write("logs.csv", fixture.read("logs.csv").replace("Carrier", "Courier"));

        assertThatThrownBy(() -> fixture.prepare("logs.csv", "products.csv"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--shipping-logs: " + fixture.uri("logs.csv")
                        + " has no column 'carrier'. Its columns: actual_shipping_days, expected_shipping_days, courier,"
                        + " y_shipping_distance, x_shipping_distance, in_bulk_order, shipping_origin, order_date, order_id,"
                        + " shipping_priority, on_time_delivery, product_id. Did you mean courier?");
    }

    @Test
    void reportsAMissingProductColumn() {
        fixture.log(FIRST, SECOND);
        fixture.write("products.csv", "ComputerBrand,ScreenSize,PackageWeight,ProductId\nBell,10.1,4.2,p1\n");

        assertThatThrownBy(() -> fixture.prepare("logs.csv", "products.csv"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--product-descriptions: " + fixture.uri("products.csv")
                        + " has no column 'computer_model'. Its columns: computer_brand, screen_size, package_weight,"
                        + " product_id.");
    }

    @Test
    void rejectsTwoColumnsWithTheSameName() {
        fixture.log(FIRST, SECOND);
        fixture.write("products.csv", DeliveryFixture.PRODUCTS.replace("ScreenSize", "Product_ID"));

        assertThatThrownBy(() -> fixture.prepare("logs.csv", "products.csv"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--product-descriptions: two columns of " + fixture.uri("products.csv")
                        + " are both named 'product_id' in snake_case; rename one of them.");
    }

    private void prepare(String... lines) {
        fixture.log(lines).prepare("logs.csv", "products.csv");
    }

    private void assertFault(String message, String... lines) {
        assertThatThrownBy(() -> prepare(lines)).isInstanceOf(UserFault.class).hasMessage(message);
        assertThat(directory.resolve("prepared")).doesNotExist();
    }
}
