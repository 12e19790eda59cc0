/** Where on a page a mark can stand. */
export type MarkPlace = 'script' | 'style' | 'frame' | 'meta' | 'inline_script' | 'header';

export type TechnologyMark = {
  name: string;
  category: string;
  /**
   * What gives the technology away, by place: `script`, `style` and `frame` are tested against absolute addresses, `meta`
   * against `generator` texts, `inline_script` against scripts within the page, `header` against `name: value` lines.
   */
  marks: Readonly<Partial<Record<MarkPlace, RegExp>>>;
};

/** Marks that only the technology itself leaves: its own hosts, file names, header names and calls. */
export const TECHNOLOGY_MARKS: readonly TechnologyMark[] = [
  // Content management and site builders
  mark('WordPress', 'content management', {
    meta: /^WordPress\b[^"]{0,20}/i,
    script: /\/wp-(content|includes)\//,
    style: /\/wp-(content|includes)\//,
    header: /^link: .*rel="https:\/\/api\.w\.org\/"/,
  }),
  mark('Drupal', 'content management', {
    meta: /^Drupal\b[^"]{0,20}/i,
    script: /\/(core\/misc\/drupal|misc\/drupal)\.js/,
    header: /^x-generator: drupal.*/i,
  }),
  mark('Joomla', 'content management', { meta: /^Joomla!?[^"]{0,30}/i, script: /\/media\/(system|jui)\/js\// }),
  mark('TYPO3', 'content management', { meta: /^TYPO3\b[^"]{0,20}/i }),
  mark('Umbraco', 'content management', { meta: /^Umbraco\b[^"]{0,20}/i, script: /\/umbraco\// }),
  mark('HubSpot CMS', 'content management', { meta: /^HubSpot$/i, header: /^x-hs-(hub-id|content-id): .*/ }),
  mark('Ghost', 'content management', { meta: /^Ghost\b[^"]{0,20}/i }),
  mark('Craft CMS', 'content management', { header: /^x-powered-by: craft cms.*/i }),
  mark('Contentful', 'content management', { script: /\/\/[\w.-]*ctfassets\.net\// }),
  mark('Wix', 'site builder', {
    meta: /^Wix\.com Website Builder.*/i,
    script: /\/\/static\.(parastorage|wixstatic)\.com\//,
    header: /^x-wix-request-id: .*/,
  }),
  mark('Squarespace', 'site builder', {
    script: /\/\/(static1|assets)\.squarespace\.com\//,
    style: /\/\/(static1|assets)\.squarespace\.com\//,
    header: /^server: squarespace$/i,
  }),
  mark('Webflow', 'site builder', {
    meta: /^Webflow$/i,
    script: /\/\/(assets|cdn\.prod)\.website-files\.com\//,
    style: /\/\/(assets|cdn\.prod)\.website-files\.com\//,
  }),
  mark('GoDaddy Website Builder', 'site builder', {
    meta: /^Starfield Technologies; Go Daddy Website Builder.*/i,
    script: /\/\/img1\.wsimg\.com\/blobby\//,
  }),
  mark('Weebly', 'site builder', { script: /\/\/cdn\d*\.editmysite\.com\// }),
  mark('Framer', 'site builder', { meta: /^Framer\b.*/i, script: /\/\/framerusercontent\.com\// }),
  mark('Elementor', 'page builder', {
    meta: /^Elementor\b[^"]{0,30}/i,
    script: /\/plugins\/elementor\//,
    style: /\/plugins\/elementor\//,
  }),
  // Commerce
  mark('Shopify', 'commerce', {
    script: /\/\/cdn\.shopify\.com\//,
    style: /\/\/cdn\.shopify\.com\//,
    header: /^x-(shopid|shopify-stage): .*/,
  }),
  mark('WooCommerce', 'commerce', {
    meta: /^WooCommerce\b[^"]{0,20}/i,
    script: /\/plugins\/woocommerce\//,
    style: /\/plugins\/woocommerce\//,
  }),
  mark('Magento', 'commerce', {
    script: /\/static\/(version\d+\/)?frontend\/[^/]+\/[^/]+\/[^/]+\/mage\//,
    inline_script: /Magento_\w+\/js/,
    header: /^x-magento-(tags|cache-id|vary): .*/,
  }),
  mark('BigCommerce', 'commerce', { script: /\/\/cdn\d*\.bigcommerce\.com\// }),
  mark('PrestaShop', 'commerce', { meta: /^PrestaShop$/i, header: /^powered-by: prestashop.*/i }),
  mark('Ecwid', 'commerce', { script: /\/\/app\.ecwid\.com\// }),
  mark('Stripe', 'payment', { script: /\/\/js\.stripe\.com\// }),
  mark('PayPal', 'payment', { script: /\/\/www\.paypal(objects)?\.com\// }),
  mark('GoCardless', 'payment', { script: /\/\/[\w.-]*gocardless\.com\// }),
  mark('Klarna', 'payment', { script: /\/\/[\w.-]*klarna(services|cdn)?\.(com|net)\// }),
  // Analytics and advertising
  mark('Google Tag Manager', 'tag management', {
    script: /\/\/www\.googletagmanager\.com\/gtm\.js/,
    frame: /\/\/www\.googletagmanager\.com\/ns\.html/,
    inline_script: /www\.googletagmanager\.com\/gtm\.js/,
  }),
  mark('Google Analytics', 'analytics', {
    script: /\/\/(www\.googletagmanager\.com\/gtag\/js\?id=G-|(www|ssl)\.google-analytics\.com\/)/,
    inline_script: /gtag\(\s*['"]config['"]\s*,\s*['"](G|UA)-[A-Z0-9-]+/,
  }),
  mark('Google Ads', 'advertising', {
    script: /\/\/(www\.googletagmanager\.com\/gtag\/js\?id=AW-|www\.googleadservices\.com\/)/,
    inline_script: /gtag\(\s*['"]config['"]\s*,\s*['"]AW-\d+/,
  }),
  mark('Microsoft Clarity', 'analytics', {
    script: /\/\/(www\.)?clarity\.ms\/tag\//,
    inline_script: /www\.clarity\.ms\/tag\//,
  }),
  mark('Hotjar', 'analytics', {
    script: /\/\/static\.hotjar\.com\//,
    inline_script: /static\.hotjar\.com\/c\/hotjar-/,
  }),
  mark('Matomo', 'analytics', {
    script: /\/(matomo|piwik)\.js/,
    inline_script: /_paq\.push\(\s*\[\s*['"]setTrackerUrl/,
  }),
  mark('Plausible', 'analytics', { script: /\/\/plausible\.io\/js\// }),
  mark('Fathom', 'analytics', { script: /\/\/cdn\.usefathom\.com\// }),
  mark('Cloudflare Web Analytics', 'analytics', { script: /\/\/static\.cloudflareinsights\.com\// }),
  mark('Segment', 'analytics', {
    script: /\/\/cdn\.segment\.com\/analytics/,
    inline_script: /cdn\.segment\.com\/analytics\.js/,
  }),
  mark('Mixpanel', 'analytics', { script: /\/\/cdn\.mxpnl\.com\//, inline_script: /cdn\.mxpnl\.com\/libs/ }),
  mark('Meta Pixel', 'advertising', {
    script: /\/\/connect\.facebook\.net\/[\w_]+\/fbevents\.js/,
    inline_script: /fbq\(\s*['"]init['"]\s*,\s*['"]\d+/,
  }),
  mark('LinkedIn Insight Tag', 'advertising', {
    script: /\/\/snap\.licdn\.com\/li\.lms-analytics\//,
    inline_script: /_linkedin_partner_id\s*=\s*['"]?\d+/,
  }),
  mark('Sentry', 'error monitoring', { script: /\/\/(browser\.sentry-cdn|js\.sentry-cdn)\.com\// }),
  // Marketing, sales, support
  mark('HubSpot', 'marketing', {
    script: /\/\/js(-\w+)?\.(hs-scripts|hs-analytics|hsforms|hscollectedforms)\.(com|net)\//,
  }),
  mark('Mailchimp', 'marketing', { script: /\/\/(chimpstatic\.com|[\w.-]*list-manage\.com)\// }),
  mark('Klaviyo', 'marketing', { script: /\/\/static\.klaviyo\.com\// }),
  mark('ActiveCampaign', 'marketing', {
    script: /\/\/[\w.-]*activehosted\.com\//,
    inline_script: /diffuser-cdn\.app-us1\.com/,
  }),
  mark('Marketo', 'marketing', { script: /\/\/munchkin\.marketo\.net\// }),
  mark('Salesforce Account Engagement', 'marketing', {
    script: /\/\/pi\.pardot\.com\//,
    inline_script: /pi\.pardot\.com\/pd\.js/,
  }),
  mark('EmailJS', 'forms', { script: /\/@?emailjs(\/|-com)/ }),
  mark('Typeform', 'forms', { script: /\/\/embed\.typeform\.com\//, frame: /\/\/[\w.-]*typeform\.com\// }),
  mark('Calendly', 'scheduling', { script: /\/\/assets\.calendly\.com\//, frame: /\/\/calendly\.com\// }),
  mark('Intercom', 'chat', { script: /\/\/widget\.intercom\.io\//, inline_script: /widget\.intercom\.io\/widget\// }),
  mark('Zendesk', 'chat', { script: /\/\/static\.zdassets\.com\// }),
  mark('Tawk.to', 'chat', { script: /\/\/embed\.tawk\.to\//, inline_script: /embed\.tawk\.to\// }),
  mark('Drift', 'chat', { script: /\/\/js\.driftt?\.com\//, inline_script: /js\.driftt\.com\/include/ }),
  mark('LiveChat', 'chat', { script: /\/\/cdn\.livechatinc\.com\//, inline_script: /cdn\.livechatinc\.com\/tracking/ }),
  mark('Crisp', 'chat', { script: /\/\/client\.crisp\.chat\//, inline_script: /client\.crisp\.chat\/l\.js/ }),
  mark('Trustpilot', 'reviews', { script: /\/\/widget\.trustpilot\.com\// }),
  mark('OneTrust', 'consent', { script: /\/\/cdn\.cookielaw\.org\// }),
  mark('Cookiebot', 'consent', { script: /\/\/consent\.cookiebot\.com\// }),
  mark('CookieYes', 'consent', { script: /\/\/cdn-cookieyes\.com\// }),
  mark('reCAPTCHA', 'security', { script: /\/\/www\.(google|gstatic|recaptcha)\.(com|net)\/recaptcha\// }),
  mark('hCaptcha', 'security', { script: /\/\/(js\.)?hcaptcha\.com\/1\/api\.js/ }),
  mark('Cloudflare Turnstile', 'security', { script: /\/\/challenges\.cloudflare\.com\/turnstile\// }),
  // Frameworks and libraries
  mark('Next.js', 'web framework', { script: /\/_next\/static\//, header: /^x-powered-by: next\.js.*/i }),
  mark('Nuxt', 'web framework', { script: /\/_nuxt\// }),
  mark('Gatsby', 'web framework', { meta: /^Gatsby\b[^"]{0,20}/i }),
  mark('Astro', 'web framework', { meta: /^Astro v[\w.]{1,20}/i }),
  mark('Hugo', 'web framework', { meta: /^Hugo [\w.]{1,20}/ }),
  mark('Jekyll', 'web framework', { meta: /^Jekyll v[\w.]{1,20}/i }),
  mark('ASP.NET', 'web framework', { header: /^(x-powered-by: asp\.net|x-aspnet-version: .*)/i }),
  mark('PHP', 'programming language', { header: /^x-powered-by: php.*/i }),
  mark('React', 'library', { script: /\/react(-dom)?(@[\w.-]+\/[\w./-]*|[.-][\w.-]*)?\.js/ }),
  mark('Vue.js', 'library', { script: /\/vue(@[\w.-]+\/[\w./-]*|[.-][\w.-]*)?\.js/ }),
  mark('Alpine.js', 'library', { script: /\/alpinejs(@|\/)/ }),
  mark('jQuery', 'library', { script: /\/jquery([.-]\d[\w.]*)?(\.slim)?(\.min)?\.js/i }),
  mark('Bootstrap', 'library', { script: /\/bootstrap(\.bundle)?(\.min)?\.js/i, style: /\/bootstrap(\.min)?\.css/i }),
  mark('Swiper', 'library', { script: /\/swiper(-bundle)?(\.min)?\.js/i }),
  mark('A-Frame', 'library', { script: /\/aframe(-v?[\d.]+)?(\.min)?\.js/i }),
  mark('Font Awesome', 'fonts', {
    script: /\/\/kit\.fontawesome\.com\//,
    style: /\/(font-awesome|fontawesome)[\w./@-]*\.css/i,
  }),
  mark('Google Fonts', 'fonts', { style: /\/\/fonts\.googleapis\.com\// }),
  mark('Adobe Fonts', 'fonts', { style: /\/\/use\.typekit\.net\//, script: /\/\/use\.typekit\.net\// }),
  mark('Google Maps', 'maps', {
    script: /\/\/maps\.google(apis)?\.com\/maps/,
    frame: /\/\/(www|maps)\.google\.(com|co\.uk)\/maps/,
  }),
  mark('Firebase', 'hosting', {
    script: /\/\/www\.gstatic\.com\/firebasejs\//,
    inline_script: /www\.gstatic\.com\/firebasejs\//,
  }),
  // Delivery
  mark('Cloudflare', 'delivery network', { header: /^(cf-ray: .*|server: cloudflare)$/i }),
  mark('Fastly', 'delivery network', { header: /^x-served-by: cache-.*/i }),
  mark('Amazon CloudFront', 'delivery network', { header: /^(x-amz-cf-id: .*|via: .*cloudfront.*)/i }),
  mark('Akamai', 'delivery network', { header: /^(x-akamai-transformed: .*|server: akamaighost)/i }),
  mark('Vercel', 'hosting', { header: /^(x-vercel-id: .*|server: vercel)$/i }),
  mark('Netlify', 'hosting', { header: /^(x-nf-request-id: .*|server: netlify)$/i }),
  mark('GitHub Pages', 'hosting', { header: /^server: github\.com$/i }),
  mark('WP Engine', 'hosting', { header: /^x-powered-by: wp engine$/i }),
  mark('nginx', 'web server', { header: /^server: nginx.*/i }),
  mark('Apache', 'web server', { header: /^server: apache.*/i }),
  mark('Microsoft IIS', 'web server', { header: /^server: microsoft-iis.*/i }),
];

function mark(name: string, category: string, marks: TechnologyMark['marks']): TechnologyMark {
  return { name, category, marks };
}
