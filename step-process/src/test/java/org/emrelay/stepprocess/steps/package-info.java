/** Steps as users write them, well and badly behaved: each a main of its own. */
package org.emrelay.stepprocess.steps;
