package org.emrelay.jobs.delivery.prepare;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.tables.Flags;
import org.emrelay.tables.TableFormat;
import org.jspecify.annotations.Nullable;

/** The arguments of the prepare job. */
record PrepareArguments(
        String shippingLogs,
        String productDescriptions,
        @Nullable TableFormat requestedFormat,
        double trainingFraction,
        String output) {
    private static final List<String> KNOWN =
            List.of("--shipping-logs", "--product-descriptions", "--format", "--training-fraction", "--output");

    PrepareArguments {
        Objects.requireNonNull(shippingLogs, "shippingLogs");
        Objects.requireNonNull(productDescriptions, "productDescriptions");
        Objects.requireNonNull(output, "output");
    }

    static PrepareArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        return new PrepareArguments(
                flags.required("--shipping-logs"),
                flags.required("--product-descriptions"),
                TableFormat.of(flags, "--format").orElse(null),
                flags.numberOr("--training-fraction", 0.9, 0.01, 0.99),
                flags.required("--output"));
    }

    Optional<TableFormat> format() {
        return Optional.ofNullable(requestedFormat);
    }
}
