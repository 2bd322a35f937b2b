package org.emrelay.runner.report.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.emrelay.runner.profile.Activity;

/** Draws the cores of an application over time: all cores, and those that ran tasks. */
record ActivityDrawing(Activity activity) {
    private static final int HEIGHT = 60;

    /** Returns a drawing that fills the width of its container; empty if nothing is known. */
    String svg() {
        int intervals = Math.max(activity.busy().size(), activity.cores().size());
        List<Integer> busy = busy();
        int most = Math.max(max(activity.cores()), max(busy));
        if (intervals == 0 || most == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "<svg class=\"activity\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"cores over time\">%s%s</svg>",
                intervals,
                HEIGHT,
                area("cores", activity.cores(), most),
                area("busy", busy, most));
    }

    /** Limits busy cores to the existing ones. Spark logs the end of a task after the next one has taken its core. */
    private List<Integer> busy() {
        List<Integer> cores = activity.cores();
        return IntStream.range(0, activity.busy().size())
                .mapToObj(i -> i < cores.size() && cores.get(i) > 0
                        ? Integer.valueOf(Math.min(activity.busy().get(i), cores.get(i)))
                        : activity.busy().get(i))
                .toList();
    }

    private static int max(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static String area(String cssClass, List<Integer> values, int most) {
        StringBuilder path = new StringBuilder("M0 " + HEIGHT);
        for (int i = 0; i < values.size(); i++) {
            double y = HEIGHT - (double) HEIGHT * values.get(i) / most;
            path.append(String.format(Locale.ROOT, "L%d %.1fH%d", i, y, i + 1));
        }
        return "<path class=\"" + cssClass + "\" d=\"" + path + "V" + HEIGHT + "Z\"/>";
    }
}
