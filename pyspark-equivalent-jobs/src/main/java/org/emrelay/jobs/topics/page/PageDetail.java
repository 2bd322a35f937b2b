package org.emrelay.jobs.topics.page;

import java.util.List;

/**
 * The level of detail of the page.
 *
 * @param examples the maximum number of examples of each kind per topic
 * @param textLength the maximum length of an example in code points
 * @param terms the number of terms per topic that the slider ranks
 * @param bars the number of terms shown per topic
 * @param bins the maximum number of periods in the charts over time
 */
record PageDetail(int examples, int textLength, int terms, int bars, int bins) {
    /** The levels, most detailed first. With the last one, 100 topics take a third of the page's size limit. */
    static final List<PageDetail> LEVELS = List.of(
            new PageDetail(8, 600, 100, 20, 200),
            new PageDetail(4, 300, 100, 15, 120),
            new PageDetail(2, 200, 60, 12, 80),
            new PageDetail(1, 100, 30, 10, 40));
}
