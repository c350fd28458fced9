// The page of a former address: go on at once, to the same paragraph of the page it leads to.
location.replace(document.querySelector("a").href + location.hash);
