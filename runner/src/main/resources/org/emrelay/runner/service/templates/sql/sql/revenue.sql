SELECT region, count(*) AS orders, round(sum(amount), 2) AS revenue
FROM counted
GROUP BY region
ORDER BY revenue DESC;
