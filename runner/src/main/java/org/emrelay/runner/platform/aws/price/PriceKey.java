package org.emrelay.runner.platform.aws.price;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a price is for, in one region.
 *
 * @param name an instance type or a volume type
 */
public record PriceKey(Kind kind, String name) implements Comparable<PriceKey> {
    private static final Comparator<PriceKey> ORDER =
            Comparator.comparing(PriceKey::kind).thenComparing(PriceKey::name);

    /** What is charged, and for which unit. */
    public enum Kind {
        /** EC2's on-demand price of an instance type, per hour. */
        EC2,
        /** EMR's surcharge for an instance type, per hour. */
        EMR,
        /** The storage of a volume type, per GiB and month. */
        EBS_STORAGE,
        /** Provisioned IOPS of a volume type, per month. */
        EBS_IOPS,
        /** Provisioned throughput of a volume type, per MiB/s and month. */
        EBS_THROUGHPUT;

        /** Its name in price files. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }
    }

    public PriceKey {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public int compareTo(PriceKey other) {
        return ORDER.compare(this, other);
    }
}
