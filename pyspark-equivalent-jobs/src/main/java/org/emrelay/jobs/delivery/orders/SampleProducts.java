package org.emrelay.jobs.delivery.orders;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.emrelay.jobs.random.Dice;

/** The 120 computers that are ordered: four brands in three models and ten sizes of screen, each heavier than the last. */
final class SampleProducts {
    static final int NUMBER = 120;

    private static final long STREAM = 1;
    private static final List<String> BRANDS = List.of("Bell", "Howell", "MicroChip", "Orange");
    private static final List<String> MODELS = List.of("Base", "Performance", "Standard");
    private static final List<String> SCREENS =
            List.of("10.1", "11.6", "12.3", "12.5", "13.3", "13.5", "14", "15.6", "17.3", "18.4");

    private final long seed;

    SampleProducts(long seed) {
        this.seed = seed;
    }

    String id(int product) {
        return id(seed, STREAM, product);
    }

    /** Letters and digits in the form that the real tables use. */
    static String id(long seed, long stream, long number) {
        Dice dice = new Dice(seed, stream, number);
        return new UUID(dice.next(), dice.next()).toString();
    }

    String csv() {
        StringBuilder table = new StringBuilder("ComputerBrand,ComputerModel,ScreenSize,PackageWeight,ProductId\n");
        for (int product = 0; product < NUMBER; product++) {
            int screen = product % SCREENS.size();
            int model = product / SCREENS.size() % MODELS.size();
            int brand = product / (SCREENS.size() * MODELS.size());
            double weight = 4.2 + 0.3 * screen + 0.8 * model + 0.1 * brand;
            table.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%.1f,%s\n",
                    BRANDS.get(brand),
                    MODELS.get(model),
                    SCREENS.get(screen),
                    weight,
                    id(product)));
        }
        return table.toString();
    }
}
