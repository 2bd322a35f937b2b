package org.emrelay.jobs.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.delivery.features.BuildFeatures;
import org.emrelay.jobs.delivery.orders.GenerateOrders;
import org.emrelay.jobs.delivery.prepare.PrepareOrders;
import org.emrelay.jobs.delivery.score.ScoreOrders;
import org.emrelay.jobs.delivery.train.TrainModel;

/** A directory in which tests run the pipeline's steps in sequence. */
public record DeliveryFixture(Path directory) {
    public static final String LOG_HEADER = "ActualShippingDays,ExpectedShippingDays,Carrier,YShippingDistance,"
            + "XShippingDistance,InBulkOrder,ShippingOrigin,OrderDate,OrderID,ShippingPriority,OnTimeDelivery,ProductId";
    public static final String PRODUCTS = """
            ComputerBrand,ComputerModel,ScreenSize,PackageWeight,ProductId
            Bell,Base,10.1,4.2,p1
            Orange,Standard,15.6,6.8,p2
            """;

    /** Creates a fixture in a subdirectory. */
    public DeliveryFixture subdirectory(String name) {
        try {
            return new DeliveryFixture(Files.createDirectory(directory.resolve(name)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String uri(String name) {
        return "file:" + directory.resolve(name);
    }

    public void write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.writeString(file, text);
            // Hadoop's checksum file of the previous content.
            Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes a shipping log with the given lines, and both products. */
    public DeliveryFixture log(String... lines) {
        write("logs.csv", LOG_HEADER + "\n" + String.join("\n", lines) + "\n");
        write("products.csv", PRODUCTS);
        return this;
    }

    public DeliveryFixture generate(int rows) {
        GenerateOrders.main(new String[] {"--rows", String.valueOf(rows), "--output", uri("orders")});
        return this;
    }

    /** Prepares the output of {@link #generate}. */
    public DeliveryFixture prepareGenerated() {
        return prepare("orders/ShippingLogs", "orders/ProductDescriptions.csv");
    }

    public DeliveryFixture prepare(String logs, String products, String... flags) {
        PrepareOrders.main(with(
                flags,
                "--shipping-logs",
                uri(logs),
                "--product-descriptions",
                uri(products),
                "--output",
                uri("prepared")));
        return this;
    }

    public DeliveryFixture features() {
        return trainingFeatures().validationFeatures("training/pipeline-model", "validation");
    }

    public DeliveryFixture validationFeatures(String pipelineModel, String output) {
        BuildFeatures.main(new String[] {
            "--orders", uri("prepared/validation"), "--pipeline-model", uri(pipelineModel), "--output", uri(output)
        });
        return this;
    }

    public DeliveryFixture trainingFeatures(String... flags) {
        BuildFeatures.main(with(flags, "--orders", uri("prepared/training"), "--output", uri("training")));
        return this;
    }

    public DeliveryFixture train(String output, String... flags) {
        TrainModel.main(with(
                flags,
                "--training-features",
                uri("training/features"),
                "--validation-features",
                uri("validation/features"),
                "--output",
                uri(output)));
        return this;
    }

    public DeliveryFixture score(String orders, String products, String model, String output) {
        ScoreOrders.main(new String[] {
            "--orders", uri(orders),
            "--product-descriptions", uri(products),
            "--pipeline-model", uri("training/pipeline-model"),
            "--model", uri(model),
            "--output", uri(output)
        });
        return this;
    }

    /** Reads a JSON file from a job's output. */
    public JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(read(name));
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    public Dataset<Row> parquet(String name) {
        return LocalSpark.session().read().parquet(uri(name));
    }

    private static String[] with(String[] flags, String... others) {
        List<String> all = new ArrayList<>();
        Stream.concat(Stream.of(others), Stream.of(flags)).forEach(all::add);
        return all.toArray(String[]::new);
    }
}
