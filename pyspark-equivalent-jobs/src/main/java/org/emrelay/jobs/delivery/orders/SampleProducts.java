package org.emrelay.jobs.delivery.orders;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.emrelay.jobs.random.KeyedRandom;

/** The 120 sample products: four brands with three models and ten screen sizes each. */
final class SampleProducts {
    static final int COUNT = 120;

    private static final long STREAM = 1;
    private static final List<String> BRANDS = List.of("Bell", "Howell", "MicroChip", "Orange");
    private static final List<String> MODELS = List.of("Base", "Performance", "Standard");
    private static final List<String> SCREEN_SIZES =
            List.of("10.1", "11.6", "12.3", "12.5", "13.3", "13.5", "14", "15.6", "17.3", "18.4");

    private final long seed;

    SampleProducts(long seed) {
        this.seed = seed;
    }

    String id(int product) {
        return id(seed, STREAM, product);
    }

    /** A UUID, as in the real tables. */
    static String id(long seed, long stream, long number) {
        KeyedRandom random = new KeyedRandom(seed, stream, number);
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    String csv() {
        StringBuilder table = new StringBuilder("ComputerBrand,ComputerModel,ScreenSize,PackageWeight,ProductId\n");
        for (int product = 0; product < COUNT; product++) {
            int screen = product % SCREEN_SIZES.size();
            int model = product / SCREEN_SIZES.size() % MODELS.size();
            int brand = product / (SCREEN_SIZES.size() * MODELS.size());
            double weight = 4.2 + 0.3 * screen + 0.8 * model + 0.1 * brand;
            table.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%.1f,%s\n",
                    BRANDS.get(brand),
                    MODELS.get(model),
                    SCREEN_SIZES.get(screen),
                    weight,
                    id(product)));
        }
        return table.toString();
    }
}
