package org.emrelay.jobs.topics.page;

import java.util.List;

/**
 * How much of the topics the page shows.
 *
 * @param examples of each kind and topic
 * @param textLength of an example, in code points
 * @param terms that the slider chooses from
 * @param bars of a topic
 * @param bins of the charts over time
 */
record PageDetail(int examples, int textLength, int terms, int bars, int bins) {
    /** The most detailed first. The last one of 100 topics takes a third of the page's limit. */
    static final List<PageDetail> LEVELS = List.of(
            new PageDetail(8, 600, 100, 20, 200),
            new PageDetail(4, 300, 100, 15, 120),
            new PageDetail(2, 200, 60, 12, 80),
            new PageDetail(1, 100, 30, 10, 40));
}
