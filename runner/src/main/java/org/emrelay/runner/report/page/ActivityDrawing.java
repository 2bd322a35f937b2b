package org.emrelay.runner.report.page;

import java.util.List;
import java.util.Locale;
import org.emrelay.runner.profile.Activity;
import org.emrelay.runner.profile.SparkProfile;

/** The cores of an application over time: those that it had, and those that ran tasks. */
record ActivityDrawing(SparkProfile profile) {
    private static final int HEIGHT = 60;

    /** As wide as its container: lengths are shares of the width. Empty if nothing is known. */
    String svg() {
        Activity activity = profile.activity();
        int intervals = Math.max(activity.busy().size(), activity.cores().size());
        int most = Math.max(max(activity.cores()), max(activity.busy()));
        if (intervals == 0 || most == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "<svg class=\"activity\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"cores over time\">%s%s</svg>",
                intervals,
                HEIGHT,
                area("cores", activity.cores(), most),
                area("busy", activity.busy(), most));
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
